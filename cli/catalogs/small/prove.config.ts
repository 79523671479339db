import { defineConfig } from '@prove/core'

export default defineConfig({
  targets: {
    // The machine that you are on.
    local: {},
  },
  states: ['site'],
})
