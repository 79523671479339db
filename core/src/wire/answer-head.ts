/** What an answer begins with: an exit status, and how many bytes of output there were. */
export interface AnswerHead {
  readonly exit: number
  readonly stdout: number
  readonly stderr: number
}

/** Undefined for a line that is not the head of the answer to this frame. */
export const answerHead = (line: string, token: string | undefined): AnswerHead | undefined => {
  const [, of, exit, stdout, stderr] = /^([a-z0-9]+) (\d{1,3}) (\d{1,15}) (\d{1,15})$/.exec(line) ?? []
  if (of === undefined || of !== token) return undefined
  return { exit: Number(exit), stdout: Number(stdout), stderr: Number(stderr) }
}
