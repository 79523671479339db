import { type Change, defineState, type Step, z } from '@prove/core'
import { bare, joined, linesOf } from '@prove/core/files'
import { hostnameExamples } from './examples.js'
import { type Edit, heldText, keptFileDiffers, keptFileReads, keptFileSteps } from './kept-file.js'
import { hostname as hostnameRead } from './reads/hostname.js'
import type { HostnameStep } from './steps/hostname.js'

const file = '/etc/hostname'

const isName = (line: string): boolean => !/^\s*(?:#|$)/.test(bare(line))

/** What the file says: its first line that is no comment. */
const nameIn = (text: string): string | undefined => linesOf(text).find(isName)?.trim()

const withName =
  (name: string): Edit =>
  (text) => {
    if (nameIn(text) === name) return text
    const lines = linesOf(text)
    const at = lines.findIndex(isName)
    return at < 0
      ? joined([...lines, `${name}\n`])
      : joined([...lines.slice(0, at), `${name}\n`, ...lines.slice(at + 1)])
  }

/** Keep the name of the host. */
export const hostname = defineState({
  name: 'system.hostname',
  about: 'Keep the name of the host, now and at every boot.',
  details: `The name stands in \`/etc/hostname\`. \`/etc/hosts\` is left as it is: keep there what the name is to resolve to with
\`file.line\`. A shell that is open shows the old name until the next login.`,
  main: 'name',
  args: {
    name: z
      .string()
      .max(64, 'expected at most 64 characters')
      .regex(
        /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/,
        'expected letters, digits and "-", with dots between',
      )
      .meta({ description: 'Its name.' }),
  },
  examples: hostnameExamples,

  edits: () => file,
  reads: () => ({ running: hostnameRead, ...keptFileReads(file) }),

  check: ({ name }, seen) => {
    const differs = keptFileDiffers(file, seen, withName(name))
    if (typeof differs !== 'boolean') return differs
    const changes: Change[] = []
    if (seen.running !== name) changes.push({ field: 'hostname', from: seen.running, to: name })
    if (differs) changes.push({ field: file, from: nameIn(heldText(seen.held).text) ?? null, to: name })
    return changes
  },

  apply: ({ name }, seen, changes) => {
    const step: HostnameStep = { kind: 'system.hostname', name }
    const now: readonly Step[] = changes.some(({ field }) => field === 'hostname') ? [step] : []
    return [...keptFileSteps(file, seen, withName(name)), ...now]
  },
})
