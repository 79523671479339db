/**
 * Whether a text in base64 is a whole public key of this type: its bytes begin with the name of the type and are a list of fields,
 * each behind its length. Certificates have fields of other forms too, and are only looked at from their begin.
 */
export const isPublicKey = (type: string, key: string): boolean => {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(key) || key.length % 4 !== 0) return false
  const bytes = Buffer.from(key, 'base64')
  const fields: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length) return false
    const end = at + 4 + bytes.readUInt32BE(at)
    if (end > bytes.length) return false
    fields.push(bytes.subarray(at + 4, end))
    at = end
    if (type.includes('-cert-')) break
  }
  return fields[0]?.toString('latin1') === type && (fields.length > 1 || type.includes('-cert-'))
}
