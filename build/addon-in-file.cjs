// Native code cannot be loaded out of the one file that holds it: it is written to a folder that is ours alone, loaded, and
// removed at once, for what is mapped stays. Folders may be mounted without leave to run anything, so several are tried.
'use strict'
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { constants, tmpdir } = require('node:os')
const path = require('node:path')
const { getRawAsset } = require('node:sea')

/** The exports of the addon that the file holds under this name. Throws what the last of the folders said. */
exports.loadAddon = (name) => {
  const bytes = new Uint8Array(getRawAsset(name))
  let last
  // The unit of the agent names the first one.
  for (const place of [process.env.STATE_DIRECTORY ?? tmpdir(), tmpdir(), '/dev/shm', '/var/tmp']) {
    let folder
    try {
      folder = mkdtempSync(path.join(place, '.prove-addon-'))
      const file = path.join(folder, name)
      writeFileSync(file, bytes, { mode: 0o600 })
      const module = { exports: {} }
      process.dlopen(module, file, constants.dlopen.RTLD_NOW)
      return module.exports
    } catch (error) {
      last = error
    } finally {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    }
  }
  throw last
}
