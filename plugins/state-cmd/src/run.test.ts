import { type StepResult, z } from '@prove/core'
import { blobOf, seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { run } from './run.js'

const removes = '/etc/nginx/sites-enabled/default'
const change = ['command']

stateTable(run, { command: ['nginx', '-s', 'reload'] }, [
  { title: 'words', seen: {}, changes: change, steps: ['exec nginx -s reload'] },
  {
    title: 'text',
    args: { command: 'sort <a >b' },
    seen: {},
    changes: change,
    steps: [{ kind: 'exec', command: 'sort <a >b', cwd: undefined, stdin: undefined }],
  },
  {
    title: 'a folder and input',
    args: { cwd: '/srv/', stdin: blobOf('yes\n') },
    seen: {},
    changes: change,
    steps: [{ kind: 'exec', cwd: '/srv', stdin: blobOf('yes\n') }],
  },
  {
    title: 'converged: what it removes is gone',
    args: { removes },
    seen: { removed: seenEntry({ type: 'absent' }, removes) },
    changes: [],
    steps: [],
  },
  {
    title: 'converged: what it removes is a link that leads nowhere',
    args: { removes },
    seen: { removed: seenEntry({ type: 'link', exists: false }, removes) },
    changes: [],
    steps: [],
  },
  {
    title: 'what it removes is there',
    args: { removes },
    seen: { removed: seenEntry({}, removes) },
    changes: change,
    steps: ['exec nginx -s reload'],
  },
])

type Given = Parameters<typeof run.check>[0]

const given = (args: object): Given => z.strictObject(run.args).parse({ command: 'true', ...args })

const result = (fields: Partial<StepResult> = {}): StepResult => ({
  status: 'done',
  exit: 0,
  stdout: '',
  stderr: '',
  ...fields,
})

describe('a change that only the command can tell', () => {
  it.each<[string, object, true | undefined]>([
    ['not given', {}, undefined],
    ['true', { changed_when: true }, undefined],
    ['false', { changed_when: false }, true],
    ['a condition', { changed_when: { exit: 3 } }, true],
  ])('changed_when: %s', (_title, args, maybe) => {
    expect(run.check(given(args), {})).toEqual([
      { field: 'command', from: null, to: 'run', ...(maybe === undefined ? {} : { maybe }) },
    ])
  })
})

describe('looking again', () => {
  it.each([
    ['proves nothing without a path', {}, 'none'],
    ['proves that the path is gone', { removes }, 'now'],
  ] as const)('%s', (_title, args, verify) => {
    expect(run.verify?.(given(args))).toBe(verify)
  })
})

const failed = (words: string, also = true): unknown => ({ failed: `failed_when: ${words}`, changed: also })

describe('how a result is judged', () => {
  it('is left to the exit status where nothing is said', () => {
    expect(run.judge?.(given({}))).toBeUndefined()
  })

  it('fails where the command did not run', () => {
    expect(run.judge?.(given({ changed_when: false }))?.([])).toEqual({
      failed: 'the command did not run',
      changed: false,
    })
  })

  const changed = { changed: true }
  const same = { changed: false }

  it.each<[string, object, Partial<StepResult>, unknown]>([
    ['changed_when: true', { changed_when: true }, {}, changed],
    ['changed_when: false', { changed_when: false }, {}, same],
    ['changed_when: exit, held', { changed_when: { exit: 0 } }, {}, changed],
    ['changed_when: exit, not held', { changed_when: { exit: 3 } }, {}, same],
    ['changed_when: one of several, held', { changed_when: { exit: [2, 0] } }, {}, changed],
    ['changed_when: one of several, not held', { changed_when: { exit: [2, 3] } }, {}, same],
    [
      'changed_when: stdout, held on its second line',
      { changed_when: { stdout: '^made' } },
      { stdout: 'so\nmade 1' },
      changed,
    ],
    ['changed_when: stdout, not held', { changed_when: { stdout: 'made' } }, { stderr: 'made' }, same],
    ['changed_when: stderr, held', { changed_when: { stderr: 'made' } }, { stderr: 'made' }, changed],
    ['changed_when: both must hold', { changed_when: { exit: 0, stdout: 'made' } }, {}, same],
    ['changed_when leaves exit status 1 a failure', { changed_when: false }, { exit: 1 }, failed('exit 1', false)],
    ['failed_when: false', { failed_when: false }, { exit: 7 }, changed],
    ['failed_when: exit, held', { failed_when: { exit: [1, 2] } }, { exit: 2 }, failed('exit 2')],
    ['failed_when: exit, not held', { failed_when: { exit: 2 } }, { exit: 1 }, changed],
    ['failed_when: stdout', { failed_when: { stdout: 'no' } }, { stdout: 'oh\nno\n' }, failed('exit 0: no')],
    ['failed_when: stderr', { failed_when: { stderr: 'no' } }, { stdout: 'x', stderr: 'no\n' }, failed('exit 0: no')],
    ['both, neither held', { changed_when: { exit: 5 }, failed_when: { exit: 6 } }, { exit: 1 }, same],
  ])('%s', (_title, args, fields, verdict) => {
    expect(run.judge?.(given(args))?.([result(fields)])).toEqual(verdict)
  })

  it.each([
    ['failed_when: true', { failed_when: true }],
    ['an exit status above 255', { changed_when: { exit: 256 } }],
    ['no exit status', { changed_when: { exit: [] } }],
    ['no regular expression', { changed_when: { stdout: '(' } }],
    ['an unknown condition', { failed_when: { stdin: 'x' } }],
    ['an empty command', { command: '' }],
    ['no words', { command: [] }],
  ])('refuses %s', (_title, args) => {
    expect(z.strictObject(run.args).safeParse({ command: 'true', ...args }).success).toBe(false)
  })
})

describe('outputs', () => {
  it('are how it ended', () => {
    expect(run.outputs?.(given({}), [result({ exit: 3, stdout: 'a', stderr: 'b' })])).toEqual({
      exit: 3,
      stdout: 'a',
      stderr: 'b',
    })
  })

  it('are none where it did not run', () => {
    expect(run.outputs?.(given({}), [])).toEqual({})
  })
})
