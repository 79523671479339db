import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { here, onCopy, root, whyNoCopy } from './copy-of-the-machine.js'

/**
 * Pages that are walks, by `walk: …` in their front matter: their blocks are run in order, in one shell. It begins in the
 * `bare` clone; in the `clone` with prove on the path; or with that in an empty `folder`, as `root` where it must be.
 * `needs: …` names a program that it cannot do without. "sh" is run and must succeed; a block with a name in
 * brackets is a file and is written; "text" is what the block before it printed. A comment "not run: …" before a block
 * keeps it from running, and "exit: N" tells with what its last command ends.
 */
export interface Block {
  readonly kind: 'command' | 'file' | 'output'
  /** Of a file. */
  readonly path: string
  readonly text: string
  /** What its last command ends with. */
  readonly exit: number
  /** Lines of the page between its fences, the first counted from 0; the last is not one of them. */
  readonly from: number
  readonly to: number
}

const folderOfPages = join(root, 'docs')

export const fileOf = (page: string): string => join(folderOfPages, page)

const onPath = `mkdir -p ~/.local/bin; ln -s '${root}/cli/bin/prove.js' ~/.local/bin/prove; PATH="$HOME/.local/bin:$PATH"`
const inFolder = `${onPath}; mkdir ~/catalog; cd ~/catalog`

const beginnings: Readonly<Record<string, string>> = {
  bare: ':',
  clone: onPath,
  folder: inFolder,
  root: inFolder,
}

/** A line of the front matter. */
const front = (page: string, key: string): string | undefined =>
  new RegExp(`^---\\n(?:.+\\n)*?${key}: (\\w+)\\n(?:.+\\n)*?---\\n`).exec(readFileSync(fileOf(page), 'utf8'))?.[1]

const beginningOf = (page: string): string | undefined => front(page, 'walk')

/** Why a page cannot be walked on this machine. */
export const whyNotWalked = (page: string): string | undefined => {
  const program = front(page, 'needs')
  if (program !== undefined && spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) {
    return `docs/${page} needs ${program}`
  }
  return beginningOf(page) === 'root' ? whyNoCopy : undefined
}

/** Every page that people have written, from the folder of the docs. */
export const pages: readonly string[] = readdirSync(folderOfPages, { recursive: true, encoding: 'utf8' })
  .filter((page) => page.endsWith('.md') && !/^(?:functions|reference|parts)\//.test(page))
  .sort()

/** Every page that is a walk. */
export const walks: readonly string[] = pages.filter((page) => beginningOf(page) !== undefined)

interface Open {
  readonly language: string
  readonly path: string | undefined
  readonly ticks: string
  readonly from: number
  readonly comment: string
}

/** Every fence of a page that means something to its walk. */
export const blocksOf = (page: string): readonly Block[] => {
  const lines = readFileSync(fileOf(page), 'utf8').split('\n')
  const blocks: Block[] = []
  let open: Open | undefined
  let comment = ''
  for (const [i, line] of lines.entries()) {
    if (open === undefined) {
      const [, ticks, language = '', path] = /^(`{3,})([\w-]*)(?: \[(.+)\])?$/.exec(line) ?? []
      if (ticks !== undefined) open = { language, path, ticks, from: i + 1, comment }
      comment = /^<!-- (.+) -->$/.exec(line)?.[1] ?? ''
      continue
    }
    if (line !== open.ticks) continue
    blocks.push(...blockOf(open, lines.slice(open.from, i).join('\n'), i))
    open = undefined
  }
  return blocks
}

const blockOf = ({ language, path, from, comment }: Open, text: string, to: number): readonly Block[] => {
  if (comment.startsWith('not run: ')) return []
  const exit = Number(/^exit: (\d+)$/.exec(comment)?.[1] ?? 0)
  // "Prove: site.yml" is written; "Salt: top.sls" is there to be compared.
  const [name = '', tool] = (path ?? '').split(': ').toReversed()
  if (tool !== undefined && tool !== 'Prove') return []
  const kind = path === undefined ? ({ sh: 'command', text: 'output' } as const)[language] : 'file'
  return kind === undefined ? [] : [{ kind, path: name, text, exit, from, to }]
}

/** What a command of a page did. */
export interface Step {
  readonly command: Block
  /** What the page says it prints. */
  readonly shown: Block | undefined
  readonly said: string
  readonly exit: number
}

const separator = '\u001e'

/** Runs a page: as root on a copy of this machine, else here, with an empty home folder. */
export const walk = async (page: string): Promise<readonly Step[]> => {
  const blocks = blocksOf(page)
  const folder = mkdtempSync(join(tmpdir(), 'prove-walk-'))
  try {
    const lines = blocks.map((block, i) => {
      writeFileSync(join(folder, String(i)), `${block.text}\n`)
      const path = `'${folder}/${i}'`
      if (block.kind === 'file') return `mkdir -p "$(dirname '${block.path}')" && cp ${path} '${block.path}'`
      return block.kind === 'command' ? `. ${path} 2>&1; printf '${separator}%s ${i}${separator}' $?` : ''
    })
    const script = [beginnings[beginningOf(page) ?? ''] ?? 'exit 9', ...lines].join('\n')
    const { said } = await (whyNoCopy === undefined ? onCopy(script, folder) : here(script, folder))
    return stepsOf(blocks, said)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const stepsOf = (blocks: readonly Block[], said: string): readonly Step[] => {
  const parts = said.split(separator)
  return blocks.flatMap((command, i) => {
    if (command.kind !== 'command') return []
    const at = parts.findIndex((part) => new RegExp(`^\\d+ ${i}$`).test(part))
    const next = blocks[i + 1]
    const shown = next?.kind === 'output' ? next : undefined
    return [{ command, shown, said: parts[at - 1] ?? said, exit: Number((parts[at] ?? '-1').split(' ')[0]) }]
  })
}

/** Without what differs from run to run: numbers, how long a part took where that is worth telling, and spaces at the end. */
const steady = (line: string): string =>
  line
    .replaceAll(/\d+/g, '0')
    .replaceAll(/\b0 round trips?\b/g, '0 round trips')
    .replace(/ {2}0\.0 s$/, '')
    .trimEnd()

/** The lines that are shown and were not said, in this order; `…` stands for any lines. */
export const missing = (shown: string, said: string): readonly string[] => {
  const lines = said.split('\n').map(steady)
  let from = 0
  return shown.split('\n').filter((line) => {
    if (line.trim() === '' || line.trim() === '…') return false
    const at = lines.indexOf(steady(line), from)
    if (at >= 0) from = at + 1
    return at < 0
  })
}

/** Writes into the page what its commands printed, where that is not what it shows. */
export const record = (page: string, steps: readonly Step[]): void => {
  const lines = readFileSync(fileOf(page), 'utf8').split('\n')
  for (const { shown, said } of steps.toReversed()) {
    if (shown !== undefined && missing(shown.text, said).length > 0) {
      lines.splice(shown.from, shown.to - shown.from, ...said.trimEnd().split('\n'))
    }
  }
  writeFileSync(fileOf(page), lines.join('\n'))
}
