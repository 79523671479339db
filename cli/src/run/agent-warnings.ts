import type { Target } from '@prove/catalog'
import type { CompiledState, TargetEvent } from '@prove/core'
import type { Project } from '../project.js'

/** Tells of states that need an agent, on targets without one: of each once in a run, before anything is done. */
export class AgentWarnings {
  readonly #told = new Set<string>()

  constructor(private readonly project: Pick<Project, 'kernel' | 'config'>) {}

  of({ name, executor }: Target, states: readonly CompiledState[]): readonly TargetEvent[] {
    const { kernel, config } = this.project
    const reached = kernel.executors.get(executor)
    if (reached !== undefined && 'reach' in reached) return []
    return states.flatMap(({ id, parts, place }) => {
      const part = parts.find(({ fn }) => kernel.functions.get(fn)?.needs === 'agent')
      if (part === undefined || this.#told.has(id)) return []
      this.#told.add(id)
      const [comes, other] = config.withoutAgent === 'skip' ? ['is skipped', 'fail'] : ['fails', 'skip']
      const error = {
        code: 'PRV_STATE_NEEDS_AGENT',
        message: `${id} (${part.fn}) needs an agent, and targets behind "${executor}" have none: it ${comes} there`,
        hint: `leave it out for such targets, or set "withoutAgent": "${other}" in prove.config`,
        place: { ...place },
      }
      return [{ type: 'target', target: name, event: 'warning', error }]
    })
  }
}
