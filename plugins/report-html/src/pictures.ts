import { messageOf, type RunRecord, type TargetRecord } from '@prove/core'
import { graphInput } from './graph-input.js'
import { kindOf } from './outcome.js'

/** The picture of a graph as SVG, or why there is none. */
export type Picture = { readonly svg: string } | { readonly missing: string }

/** Beyond these nobody sees anything in a picture, and it takes long to draw. */
const mostStates = 300
const mostEdges = 1000

/** States in all pictures of a report together: it must not take minutes with a hundred targets. */
const mostInAll = 1200

/** Draws the graph of each target, those that went wrong first. Graphviz is loaded only where there is one to draw. */
export const picturesOf = async ({ targets }: RunRecord): Promise<ReadonlyMap<string, Picture>> => {
  const pictures = new Map<string, Picture>()
  let room = mostInAll
  for (const record of targets.toSorted((a, b) => badness(b) - badness(a))) {
    const { target, compiled } = record
    if (compiled === undefined || compiled.states.length === 0) continue
    const states = compiled.states.length
    if (states > mostStates || compiled.edges.length > mostEdges) {
      pictures.set(target, {
        missing: `${states} states with ${compiled.edges.length} edges are too many for a picture`,
      })
    } else if (states > room) {
      pictures.set(target, { missing: 'left out, because other targets have pictures enough' })
    } else {
      room -= states
      // oxlint-disable-next-line no-await-in-loop -- drawing does not wait for anything: at once is no faster
      pictures.set(target, await pictureOf(record))
    }
  }
  return pictures
}

const badness = ({ outcome }: TargetRecord): number => ({ bad: 2, changed: 1, skipped: 0, ok: 0 })[kindOf(outcome)]

const pictureOf = async ({ compiled, invocations }: TargetRecord): Promise<Picture> => {
  try {
    const { instance } = await import('@viz-js/viz')
    const viz = await instance()
    const graph = graphInput(compiled ?? { type: 'compiled', target: '', states: [], edges: [] }, invocations)
    return { svg: inPage(viz.renderString(graph, { format: 'svg', engine: 'dot' })) }
  } catch (error) {
    return { missing: `it could not be drawn: ${messageOf(error)}` }
  }
}

/** What stands alone in a file is no part of a page: the prologue, comments, and ids, which several pictures would share. */
const inPage = (svg: string): string =>
  svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(/<g id="[^"]*"/g, '<g')
    .replace('<svg', '<svg role="img" aria-label="graph of the states"')
