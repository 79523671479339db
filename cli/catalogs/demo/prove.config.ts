import { defineConfig } from '@prove/core'

export default defineConfig({
  targets: {
    // The machine that you are on. What is true of it alone stands in variables/targets/local.yml.
    local: {},
  },
  states: ['web'],
})
