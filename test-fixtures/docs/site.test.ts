import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './copy-of-the-machine.js'
import { anchorsOf, brokenBecause, linksOf } from './links.js'

const docs = join(root, 'docs')
const built = mkdtempSync(join(tmpdir(), 'prove-site-'))
afterAll(() => rmSync(built, { recursive: true, force: true }))

/** Where a network namespace of its own can be had, nothing can be reached from it. */
const apart = spawnSync('unshare', ['-n', 'true']).status === 0 ? ['unshare', '-n'] : []

const succeed = (...words: readonly string[]): void => {
  const [program = '', ...rest] = [...apart, ...words]
  const { NODE_ENV: _mode, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(program, rest, { cwd: root, encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`)
}

beforeAll(() => {
  succeed(process.execPath, 'docs/generate/write-pages.mjs')
  succeed(process.execPath, 'node_modules/vitepress/bin/vitepress.js', 'build', 'docs', '--outDir', built)
})

const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.includes('node_modules') && !name.startsWith('.vitepress'))
    .map((name) => join(folder, name))

const pages = (): readonly string[] => filesIn(docs, '.md').filter((file) => !file.startsWith(join(docs, 'parts')))

describe('the site', () => {
  it('has every page, and leads to each of them', () => {
    const names = pages().map((file) => relative(docs, file).replace(/\.md$/, ''))
    expect(names.length).toBeGreaterThan(30)
    expect(names.filter((name) => !existsSync(join(built, `${name}.html`)))).toEqual([])
    const linked = readFileSync(join(built, 'getting-started.html'), 'utf8')
    const unlisted = names.filter((name) => !linked.includes(`"/${name.replace(/(^|\/)index$/, '$1')}${ending(name)}"`))
    expect(unlisted).toEqual([])
  })

  it('asks nothing of other hosts', () => {
    const asking = /\b(?:src|srcset)=["']?https?:|<link [^>]*href=["']?https?:|@import|url\(["']?https?:/
    for (const file of [...filesIn(built, '.html'), ...filesIn(built, '.css')]) {
      expect(asking.exec(readFileSync(file, 'utf8'))?.[0], relative(built, file)).toBeUndefined()
    }
  })

  it('can be searched', () => {
    expect(filesIn(built, '.js').some((file) => file.includes('localSearchIndex'))).toBe(true)
  })
})

const ending = (name: string): string => (name === 'index' || name.endsWith('/index') ? '' : '.html')

describe('links', () => {
  it('go by the anchors that the site has', () => {
    for (const file of pages()) {
      const html = readFileSync(join(built, relative(docs, file).replace(/\.md$/, '.html')), 'utf8')
      const absent = [...anchorsOf(readFileSync(file, 'utf8'))].filter((anchor) => !html.includes(` id="${anchor}"`))
      expect(absent, relative(docs, file)).toEqual([])
    }
  })

  it('of every page and of the files beside the site lead somewhere', () => {
    const kept = spawnSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n')
    const others = kept.filter((name) => !name.startsWith('docs/')).map((name) => join(root, name))
    expect(others).toContain(join(root, 'README.md'))
    const broken = [...filesIn(docs, '.md'), ...others].flatMap((file) =>
      linksOf(readFileSync(file, 'utf8')).flatMap(({ line, to }) => {
        const why = brokenBecause(file, to, docs)
        return why === undefined ? [] : [`${relative(root, file)}:${line}: ${to}: ${why}`]
      }),
    )
    expect(broken).toEqual([])
  })
})
