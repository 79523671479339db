import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { underMitogen, whyNoAnsible } from '../beside/play.js'
import { skipOrFail } from '../shells.js'
import { allFileCases } from './all-cases.js'
import { ansibleTaskOf } from './ansible-task.js'
import { differences } from './ansible-differences.js'
import { plant, seen } from './case-tree.js'
import type { FileCase } from './file-case.js'

const folder = mkdtempSync(join(tmpdir(), 'prove-ansible-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cases = allFileCases.flatMap((each) => {
  const task = ansibleTaskOf(each)
  return task === undefined ? [] : [{ each, task }]
})

const rootOf = (i: number): string => join(folder, 'trees', String(i))

/** Every task on a tree of its own, in one play, which notes how each ended. */
const playbook = () => {
  const tasks = cases.flatMap(({ task }, i) => [
    {
      ...(JSON.parse(JSON.stringify(task).replaceAll('{root}', rootOf(i))) as object),
      ignore_errors: true,
      register: `r${i}`,
    },
  ])
  const results = `{{ [${cases.map((_each, i) => `r${i}`).join(', ')}] | to_json }}`
  const note = { copy: { dest: join(folder, 'results.json'), content: results } }
  return [{ hosts: 'all', gather_facts: false, tasks: [...tasks, note] }]
}

interface Result {
  readonly changed: boolean
  readonly failed?: boolean
}

const endOf = ({ changed, failed }: Result): FileCase['ends'] =>
  failed === true ? 'failed' : changed ? 'changed' : 'ok'

describe("beside Debian's Ansible", () => {
  const missing = whyNoAnsible() ?? (process.getuid?.() === 0 ? undefined : 'owners need root')
  if (missing !== undefined) return it('every case', (ctx) => skipOrFail(ctx, missing))

  it('the same comes of the same, but for what is listed', async () => {
    mkdirSync(join(folder, 'trees'))
    for (const [i, { each }] of cases.entries()) plant(rootOf(i), each.there)
    writeFileSync(join(folder, 'play.json'), JSON.stringify(playbook()))
    const words = ['-i', 'localhost,', '-c', 'local', '-e', 'ansible_python_interpreter=/usr/bin/python3']
    const env = { ...process.env, HOME: folder, ANSIBLE_NOCOLOR: '1', LC_ALL: 'C.UTF-8', ...underMitogen }
    await promisify(execFile)('ansible-playbook', [...words, join(folder, 'play.json')], { env, maxBuffer: 1 << 28 })
    const results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as readonly Result[]
    const wanted = join(folder, 'wanted')
    const found = cases.flatMap(({ each }, i) => {
      const theirs = { ends: endOf(results[i] ?? { changed: false }), tree: seen(rootOf(i)) }
      plant(wanted, each.leaves ?? each.there)
      const ours = { ends: each.ends, tree: seen(wanted) }
      const isSame = JSON.stringify(theirs) === JSON.stringify(ours)
      return isSame ? [] : [{ title: each.title, ours, theirs }]
    })
    console.log(`${cases.length} cases beside Ansible, ${found.length} differ`)
    if (process.env['PROVE_ANSIBLE'] === 'print') console.log(JSON.stringify(found, undefined, 1))
    expect(found.map(({ title }) => title).toSorted()).toEqual(Object.keys(differences).toSorted())
  })
})
