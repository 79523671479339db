import { randomBytes } from 'node:crypto'
import { path, text } from '../arguments.js'
import type { Blob, BlobStore } from '../contracts/blob.js'
import type { CompiledState } from '../contracts/compiled.js'
import type { Facts } from '../contracts/facts.js'
import type { ByteStream } from '../contracts/executor.js'
import type { ActionContext, Operation } from '../contracts/operation.js'
import { defineState } from '../define.js'
import { Interruption } from '../engine/interruption.js'
import { createKernel } from '../kernel/kernel.js'
import { applyOperation } from '../operations/apply.js'
import { planOperation } from '../operations/plan.js'
import type { StatesRequest } from '../operations/states-request.js'
import { file } from '../reads/file.js'
import { openSession } from '../wire/open-session.js'
import { blobOf } from './seen-file.js'

/** What a first session told: the facts, and `outcome field…` of the one state, planned, applied and applied again. */
export interface FirstSession {
  readonly facts: Facts
  readonly planned: readonly string[]
  readonly applied: readonly string[]
  readonly again: readonly string[]
}

const note = defineState({
  name: 'suite.note',
  about: 'Keep a file with these words.',
  args: { path: path('The file.'), words: text('What it holds.') },
  reads: ({ path: at }) => ({ now: file(at) }),
  check: ({ words }, { now }) =>
    now.sha256 === words.sha256 ? [] : [{ field: 'words', from: now.sha256 ?? null, to: words.sha256 }],
  apply: ({ path: at, words: { sha256, size } }) => [{ kind: 'file.write', path: at, blob: { sha256, size } } as const],
})

const words = `written by the suite, in words that no shell leaves alone: "'\`$HOME\`'" \\ grün\n`

const blobs: BlobStore = {
  addText: (content) => blobOf(content),
  async *open(blob: Blob) {
    if (blob.sha256 === blobOf(words).sha256) yield Buffer.from(words)
  },
  peek: () => undefined,
}

const place = { file: 'executorSuite', line: 1, column: 1 }

const stateAt = (at: string): CompiledState => ({
  id: 'suite:note',
  parts: [
    { fn: note.name, args: { path: at, words: blobOf(words) }, guards: { unless: [], onlyif: [] }, run: {}, place },
  ],
  requires: [],
  lazy: false,
  notifications: [],
  place,
})

/** Facts, one state planned, applied and applied again: what Prove does on a target for the first time. */
export const firstSession = async (open: (command: string) => Promise<ByteStream>): Promise<FirstSession> => {
  const { kinds } = createKernel([])
  const at = `/tmp/prove-suite-${randomBytes(8).toString('hex')}`
  const session = await openSession({ open, kinds, blobs })
  const request: StatesRequest = {
    states: [stateAt(at)],
    speculate: true,
    owner: { catalog: 'suite', environment: 'suite' },
  }
  const context = { target: 'suite', session, kinds, functionOf: () => note, blobs }
  try {
    return {
      facts: session.facts,
      planned: await outcomesOf(planOperation, request, context),
      applied: await outcomesOf(applyOperation, request, context),
      again: await outcomesOf(applyOperation, request, context),
    }
  } finally {
    await session.perform([{ steps: [{ number: 0, needs: [], step: removal(at) }], proof: [] }], [])
    await session.close()
  }
}

const removal = (at: string) => ({ kind: 'file.remove', path: at }) as const

const outcomesOf = async (
  operation: Operation,
  request: StatesRequest,
  context: Omit<ActionContext, 'interruption' | 'emit'>,
): Promise<readonly string[]> => {
  const told: string[] = []
  await operation.action(request, {
    ...context,
    interruption: new Interruption(),
    emit: (event) => {
      if (event.type !== 'invocation') return
      told.push([event.outcome, ...event.changes.map(({ field }) => field)].join(' '))
    },
  })
  return told
}
