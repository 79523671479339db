import { tar } from '../../core/src/wire/tar.js'

/** One member of an archive of `ar`. */
const member = (name: string, bytes: Buffer): Buffer => {
  const head = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(bytes.length).padEnd(10)}\`\n`
  return Buffer.concat([Buffer.from(head), bytes, Buffer.alloc(bytes.length % 2)])
}

/** A package file that holds no byte above 127, and so can be written as text. */
export const plainDeb = (name: string, version: string): string => {
  const control = `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\nDescription: ${name}\n`
  const archive = (path: string, text: string): Buffer => tar([{ name: path, mode: 0o644, bytes: Buffer.from(text) }])
  return Buffer.concat([
    Buffer.from('!<arch>\n'),
    member('debian-binary', Buffer.from('2.0\n')),
    member('control.tar', archive('control', control)),
    member('data.tar', archive(`${name}-was-here`, version)),
  ]).toString('latin1')
}
