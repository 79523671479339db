import { type Executor, z } from '@prove/core'
import { opensshExecutor } from '@prove/executor-openssh'
import { sshExecutor } from '@prove/executor-ssh'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { systemPath } from '../find-program.js'
import { LocalGround } from '../local-session.js'
import { skipOrFail } from '../shells.js'
import { Sshd, whySshdIsMissing } from '../sshd.js'
import { allCases } from './all-cases.js'
import { CaseRunner } from './run-case.js'
import { ShellStage } from './shell-stage.js'

const titled = allCases.map((one) => [one.title, one] as const)
const ground = new LocalGround()
const missing = whySshdIsMissing()

/** A stage behind a real sshd that knows the programs of the cases. */
const stageOver = (executor: Executor): ShellStage =>
  new ShellStage(async (programs) => {
    const sshd = await Sshd.start([`SetEnv "PATH=${programs}:${systemPath().join(':')}"`])
    afterAll(() => sshd.stop())
    const options = z.strictObject(executor.options).parse(sshd.options)
    return ground.openOver((command) => executor.open(options, command, { target: 'web1', host: sshd.host }))
  })

describe.each([sshExecutor, opensshExecutor])('over $name', (executor) => {
  if (missing !== undefined) return it('every case', (ctx) => skipOrFail(ctx, missing))
  const environment = `over-${executor.name}-${process.pid}`
  const stage = stageOver(executor)
  const runner = new CaseRunner(ground, stage, environment)
  beforeAll(() => stage.open())
  afterEach(() => stage.forget(environment))
  afterAll(() => stage.close())

  it.each(titled)('%s', (_title, one) => runner.check(one))
})
