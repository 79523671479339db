#!/usr/bin/env node
'use strict'

// Node 22.8 and newer keep what they compile of other modules, such as plugins.
require('node:module').enableCompileCache?.()
const { keepFor, load } = require('../dist/load-script.cjs')
const words = process.argv.slice(2)
keepFor(words[0])
load(require.resolve('../dist/script.cjs')).main.main(words)
