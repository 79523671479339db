import { stateTable } from '@prove/core/testing'
import plugin from './index.js'
import { setting } from './setting.js'

const set = [{ kind: 'acme.set-line', path: '/etc/acme.conf', name: 'maxmemory', value: '256mb' }]

stateTable(
  setting,
  { path: '/etc/acme.conf', name: 'maxmemory', value: '256mb' },
  [
    { title: 'converged', seen: { now: { file: 'file', values: ['256mb'] } }, changes: [], steps: [] },
    { title: 'another value', seen: { now: { file: 'file', values: ['1gb'] } }, changes: ['value'], steps: set },
    { title: 'no such line', seen: { now: { file: 'file', values: [] } }, changes: ['value'], steps: set },
    { title: 'set twice', seen: { now: { file: 'file', values: ['256mb', '1gb'] } }, changes: ['value'], steps: set },
    { title: 'no file', seen: { now: { file: 'absent', values: [] } }, changes: ['value'], steps: set },
    {
      title: 'a number',
      args: { value: 6379 },
      seen: { now: { file: 'file', values: ['6379'] } },
      changes: [],
      steps: [],
    },
    {
      title: 'a directory in its place',
      seen: { now: { file: 'other', values: [] } },
      changes: [],
      steps: [],
      blocked: 'no regular file',
    },
  ],
  [plugin],
)
