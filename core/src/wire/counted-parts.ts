/** Shell text that sends files, given as words of a shell: how long each is, as `wc` tells it, and then all that is in them. */
export const sendCounted = (files: string): string => `wc -c ${files}; cat ${files}`

/** So many parts that were sent so, as the rest of an output; none where it broke off. */
export const countedParts = (bytes: Buffer, count: number): readonly Buffer[] => {
  const lengths: number[] = []
  let at = 0
  // Behind several lengths comes their sum.
  for (let line = 0; line < (count > 1 ? count + 1 : count); line++) {
    const end = bytes.indexOf(10, at)
    const [, length] = /^ *(\d+) /.exec(bytes.subarray(at, Math.max(at, end)).toString('latin1')) ?? []
    if (length === undefined) return []
    lengths.push(Number(length))
    at = end + 1
  }
  const parts = lengths.slice(0, count).map((length) => bytes.subarray(at, (at += length)))
  return at === bytes.length ? parts : []
}
