import { type Catalog, chooseTargets, type Target } from '@prove/catalog'
import { createKernel, importPlugin, loadConfig, type ProveConfig } from '@prove/core'
import pLimit from 'p-limit'
import type { Colors } from '../console/colors.js'
import { printable } from '../console/printable.js'
import { openProject, type Project } from '../project.js'
import { wayOf } from '../run/way.js'
import { loadShipped } from '../shipped-plugins.js'
import { cacheFindings } from './cache-findings.js'
import { catalogFindings, failures, pluginFindings, schemaFindings } from './catalog-findings.js'
import { coreFindings } from './core-copies.js'
import { type Finding, type Level, ok, plural, warn } from './finding.js'
import { programFindings } from './program-findings.js'
import { targetFindings } from './target-findings.js'

export interface DoctorCall {
  /** Targets to open a shell on; those that are this machine where none is named. */
  readonly target: readonly string[]
  readonly output: string
}

/** Tells whether everything is right here, and what to do about what is not. The exit status is 1 when something fails. */
export const doctor = async (
  folder: string,
  { target, output }: DoctorCall,
  colors: Colors,
  print: (text: string) => void,
): Promise<number> => {
  const counts = { ok: 0, warn: 0, fail: 0 }
  const tell = (findings: readonly Finding[]): void => {
    for (const finding of findings) {
      counts[finding.level] += 1
      print(output === 'json' ? `${JSON.stringify({ type: 'finding', ...finding })}\n` : text(finding, colors))
    }
  }
  tell(programFindings(process.env))
  tell(coreFindings(folder))
  tell(cacheFindings())
  await lookAtProject(folder, target, tell)
  const exit = counts.fail > 0 ? 1 : 0
  if (output === 'json') print(`${JSON.stringify({ type: 'doctor', ...counts, exit })}\n`)
  else print(`\n${summary(counts, colors)}\n`)
  return exit
}

const lookAtProject = async (
  folder: string,
  expressions: readonly string[],
  tell: (findings: readonly Finding[]) => void,
): Promise<void> => {
  let project: Project
  try {
    const config = await loadConfig(folder)
    tell([
      config.file === undefined
        ? warn('configuration', 'none here, nor in any folder above: state files run on this machine', 'prove init')
        : ok('configuration', config.file),
    ])
    const refused = await refusedPlugins(config)
    tell(refused)
    if (refused.length > 0) return
    project = await openProject(folder)
    await project.kernel.bring()
  } catch (error) {
    tell(failures('configuration', error))
    return
  }
  tell([...pluginFindings(project), ...schemaFindings(project)])
  const { catalog, findings } = await catalogFindings(project)
  tell(findings)
  if (catalog === undefined) return
  try {
    const { targets } = catalog.roster
    const chosen =
      expressions.length === 0
        ? [...targets.values()].filter((each) => project.kernel.executors.get(each.executor)?.oneMachine === true)
        : chosenOf(project, catalog, expressions)
    const limit = pLimit(25)
    const looked = chosen.map((each) => limit(() => targetFindings(project, catalog, each)))
    // oxlint-disable-next-line no-await-in-loop -- told in the order of the targets, as soon as it is known
    for (const each of looked) tell(await each)
  } catch (error) {
    tell(failures('targets', error))
  }
}

const chosenOf = (
  { facts }: Project,
  { roster, factNames }: Catalog,
  expressions: readonly string[],
): readonly Target[] =>
  chooseTargets(roster, expressions.join(','), factNames, (each) => facts.get(each.name, wayOf(each)))

/** Each on its own: the kernel tells only of the first that it refuses. */
const refusedPlugins = async ({ plugins, folder }: ProveConfig): Promise<readonly Finding[]> => {
  const found = await Promise.all(
    plugins.map(async (item): Promise<readonly Finding[]> => {
      try {
        if (typeof item === 'string' && (await loadShipped(item)) !== undefined) return []
        const plugin = typeof item === 'string' ? await importPlugin(item, folder) : item
        createKernel([{ asked: typeof item === 'string' ? item : 'a plugin in the configuration', plugin }])
        return []
      } catch (error) {
        return failures('plugins', error)
      }
    }),
  )
  return found.flat()
}

/** Columns of what was looked at: "state folder of local". */
const aboutWidth = 21

const text = ({ level, about, said, next }: Finding, colors: Colors): string => {
  const painted: Readonly<Record<Level, string>> = {
    ok: colors.green('ok  '),
    warn: colors.yellow('warn'),
    fail: colors.red('fail'),
  }
  const line = `${painted[level]}  ${colors.bold(printable(about).padEnd(aboutWidth))}  ${printable(said)}\n`
  return next === undefined ? line : `${line}${' '.repeat(aboutWidth + 8)}${colors.dim('next')} ${printable(next)}\n`
}

const summary = ({ warn: warnings, fail: failed }: Readonly<Record<Level, number>>, colors: Colors): string => {
  if (failed > 0) return colors.red(`${failed} failed, ${plural(warnings, 'warning')}`)
  return warnings > 0 ? colors.yellow(`works, with ${plural(warnings, 'warning')}`) : colors.green('all is right')
}
