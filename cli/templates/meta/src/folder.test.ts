import { type MetaState, z } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { folder } from './folder.js'

/** The shape of arguments as a state file writes them. */
const shapeOf = (meta: MetaState, args: unknown) => meta.shape(z.strictObject(meta.args).parse(args))

describe('acme.folder', () => {
  it.each([
    {
      title: 'a folder alone',
      args: { path: '/srv/notes', files: {} },
      made: [{ 'file.directory': '/srv/notes' }],
    },
    {
      title: 'files, behind their folder and in order',
      args: { path: '/srv/notes', files: { b: 'first\n', 'a.txt': 'second\n' }, mode: '0600' },
      made: [
        { 'file.directory': '/srv/notes' },
        { 'file.managed': { path: '/srv/notes/b', content: 'first\n', mode: '0600' } },
        { 'file.managed': { path: '/srv/notes/a.txt', content: 'second\n', mode: '0600' } },
      ],
    },
  ])('$title', ({ args, made }) => {
    expect(shapeOf(folder, args)).toMatchObject({ members: made.map((state) => ({ made: state })), inSequence: true })
  })

  it('names its states after what they keep', () => {
    const shape = shapeOf(folder, { path: '/srv/notes', files: { a: '' } })
    expect(shape).toMatchObject({ members: [{ suffix: '/folder' }, { suffix: '/a', path: ['files', 'a'] }] })
  })

  it.each(['../escape', 'a/b', '', '.', '..'])('refuses the file name %j, at its place', (name) => {
    const problem = shapeOf(folder, { path: '/srv/notes', files: { [name]: '' } })
    expect(problem).toMatchObject({ problem: expect.any(String) as unknown, path: ['files', name] })
  })
})
