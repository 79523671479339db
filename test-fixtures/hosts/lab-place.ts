import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { labRoot, makeDelayLine } from './base.js'
import { Cgroup, cgroupMount } from './cgroup.js'
import { attempt } from './command.js'
import { hold } from './hold.js'
import { LabNetwork } from './network.js'

const mostLabs = 16

/** A folder and a network that nobody else has until it is left, or until this process ends. */
export interface LabPlace {
  readonly folder: string
  readonly network: LabNetwork
  leave(): Promise<void>
}

/** Takes a place that is free on this machine, without what a process that was killed has left there. */
export const takePlace = async (): Promise<LabPlace> => {
  const delayLine = await makeDelayLine()
  for (let slot = 0; slot < mostLabs; slot++) {
    const held = await hold(join(labRoot, `lab-${slot}`))
    if (held === undefined) continue
    const folder = join(labRoot, `hosts-${slot}`)
    const network = new LabNetwork(slot, delayLine)
    await removeRemains(slot, folder, network)
    mkdirSync(folder)
    await network.up()
    const leave = async (): Promise<void> => {
      await network.down()
      rmSync(folder, { recursive: true, force: true })
      held.release()
    }
    return { folder, network, leave }
  }
  throw new Error(`${mostLabs} labs are open`)
}

/** What a process that was killed has left of the lab it had. */
const removeRemains = async (slot: number, folder: string, network: LabNetwork): Promise<void> => {
  const groups = join(cgroupMount() ?? '', 'prove-lab')
  const names = [groups, '/run/netns'].flatMap((path) => (existsSync(path) ? readdirSync(path) : []))
  for (const name of new Set(names.filter((each) => each.startsWith(`prove-${slot}-`)))) {
    const group = new Cgroup(name)
    group.kill()
    await group.remove()
    await network.removeHost(Number(name.split('-')[2]))
  }
  const mounted = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
  for (const path of mounted.filter((each) => each.startsWith(`${folder}/`))) await attempt('umount', ['--lazy', path])
  await network.down()
  rmSync(folder, { recursive: true, force: true })
}
