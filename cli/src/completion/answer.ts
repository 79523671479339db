import { commands } from '../commands/index.js'
import type { Candidate } from './candidate.js'
import { candidatesFor } from './candidates.js'
import { inserted, typedLine } from './typed-line.js'

/** Milliseconds after which a prompt is not kept waiting: a configuration is code, and may do anything. */
const patience = 10_000

/** The first line of an answer: another program of the name "prove" would not say it. */
const heading = '#prove\n'

/**
 * What a shell is answered that asks what may stand at the cursor: the heading, and a candidate a line; never an error. `bash BREAKS LINE` for
 * bash, `zsh WORD… CURRENT` and `fish WORD… CURRENT` for the others, without the program.
 */
export const answer = async ([shell = '', ...asked]: readonly string[]): Promise<string> => {
  const give = silenced()
  const late = new Promise<string>((resolve) => setTimeout(resolve, patience, '').unref())
  try {
    return `${heading}${await Promise.race([shell === 'bash' ? forBash(asked) : forOther(shell, asked), late])}`
  } catch {
    return heading
  } finally {
    give()
  }
}

const forBash = async ([breaks = '', line = '']: readonly string[]): Promise<string> => {
  const typed = typedLine(line, breaks)
  const found = await candidatesFor(typed.words.slice(1), typed.current, commands)
  const isPlain = typed.quote === ''
  return lines(found, ({ value, isOpen }) => `${inserted(value, typed)}${isOpen !== true && isPlain ? ' ' : ''}`)
}

const forOther = async (shell: string, asked: readonly string[]): Promise<string> => {
  // fish gives the word at the cursor as it was typed.
  const current = shell === 'fish' ? typedLine(asked.at(-1) ?? '').current : (asked.at(-1) ?? '')
  const found = await candidatesFor(asked.slice(0, -1), current, commands)
  return lines(found, ({ value, about = '', isOpen }) =>
    [...(shell === 'zsh' ? [isOpen === true ? 'open' : 'ended'] : []), value, ...(about === '' ? [] : [about])].join(
      '\t',
    ),
  )
}

/** A name that holds a line end cannot be told. */
const lines = (found: readonly Candidate[], text: (candidate: Candidate) => string): string =>
  found
    .filter(({ value }) => !/[\n\t]/.test(value))
    .map((each) => `${text({ ...each, about: each.about?.replaceAll(/\s+/g, ' ') ?? '' })}\n`)
    .join('')

/** Nothing that a configuration or a plugin prints may come between; returns what ends that. */
const silenced = (): (() => void) => {
  const streams = [process.stdout, process.stderr]
  for (const stream of streams) stream.write = () => true
  return () => {
    for (const stream of streams) Reflect.deleteProperty(stream, 'write')
  }
}
