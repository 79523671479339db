import { describe, expect, it } from 'vitest'
import { opener, optionsOf, testShells } from '../../../test-fixtures/shells.js'
import { noBlobs } from '../contracts/blob.js'
import type { StepKind } from '../contracts/step.js'
import { createKernel } from '../kernel/kernel.js'
import { exec } from '../steps/exec.js'
import { openSession } from './open-session.js'

const { kinds } = createKernel([])
const boots: StepKind = { name: 'boot', command: () => 'false', reboots: () => 60 }
const step = (name: string): StepKind => (name === 'boot' ? boots : kinds.step(name))

describe.each(testShells())('a boot in $name', (shell) => {
  it.each<[string, boolean, string]>([
    ['of the machine that this runs on is refused', true, 'cannot wait for its next boot'],
    ['that is refused by the target is not waited for', false, ''],
  ])('%s: what needs it is skipped, all else goes on', async (_title, isHere, words) => {
    const ctx = { skip: () => undefined }
    const session = await openSession({
      open: opener(optionsOf(ctx as never, shell)),
      kinds: { ...kinds, step },
      blobs: noBlobs,
      isHere,
    })
    const told = (number: number, ...needs: readonly number[]): object => ({
      number,
      needs,
      step: exec({ command: `echo ${number}` }),
    })
    const steps = [
      told(9001),
      { number: 9002, needs: [9001], step: { kind: 'boot' } },
      told(9003, 9002),
      told(9004, 9001),
    ]
    const proof = [{ kind: 'command', key: 'command:x', query: { command: 'echo proof' } }]
    const { results, proofs, answers } = await session.perform([{ steps: steps as never, proof }], proof)
    expect([...results].map(([number, { status }]) => [number, status])).toEqual([
      [9001, 'done'],
      [9002, 'failed'],
      [9003, 'skipped'],
      [9004, 'done'],
    ])
    expect(results.get(9002)?.stderr).toContain(words)
    expect(proofs).toHaveLength(1)
    expect([...proofs.flat(), ...answers]).toMatchObject([
      { value: { stdout: 'proof\n' } },
      { value: { stdout: 'proof\n' } },
    ])
    await session.close()
  })
})
