import type { RenderContext } from '@prove/core'
import { viewFacts } from './facts-view.js'

/** For files that are read before there is a target. */
export const noScope: RenderContext = {
  scope: {
    target: { name: '', host: '', groups: [], roles: [] },
    variables: {},
    facts: viewFacts(new Set(), undefined).facts,
    with: {},
  },
  templateFolders: [],
}
