import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from './copy-of-the-machine.js'
import { blocksOf, fileOf, pages } from './page.js'

/** The TypeScript of the pages, each page in a folder of its own: within the workspace, where its packages are found. */
const folder = join(import.meta.dirname, `.code-${process.pid}`)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Code {
  readonly page: string
  readonly file: string
}

const codes: readonly Code[] = pages.flatMap((page) => {
  const files = new Map(blocksOf(page).flatMap(({ path, text }) => (path.endsWith('.ts') ? [[path, text]] : [])))
  return [...files].map(([path, text]) => {
    const file = join(folder, page.replace(/\.md$/, ''), path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${text}\n`)
    return { page, file }
  })
})

const config = {
  extends: join(root, 'tsconfig.test.json'),
  compilerOptions: { rootDir: root, types: ['node'] },
  files: codes.map(({ file }) => file),
  include: [],
}

describe('the TypeScript of the pages', () => {
  it('has the types that it should', () => {
    expect(codes.length).toBeGreaterThan(10)
    const project = join(folder, 'tsconfig.json')
    writeFileSync(project, JSON.stringify(config))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })

  it('is all in blocks with a name', () => {
    const nameless = pages.filter((page) => /^```ts$/m.test(readFileSync(fileOf(page), 'utf8')))
    expect(nameless).toEqual([])
  })
})

// What pages show as tests are tests.
for (const { page, file } of codes.filter((code) => code.file.endsWith('.test.ts'))) {
  describe(`docs/${page}`, async () => {
    await import(/* @vite-ignore */ file)
  })
}
