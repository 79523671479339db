import { defineConfig } from '@prove/core'

export default defineConfig({
  targets: {
    // The machine that you are on; a target with another name is reached by ssh.
    local: {},
  },
  states: ['site'],
})
