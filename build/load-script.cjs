// Loads the scripts that packages ship. It is copied beside each of them: see docs/decisions/0025-start-up.md
'use strict'
const fs = require('node:fs')
const { createRequire } = require('node:module')
const os = require('node:os')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const vm = require('node:vm')

/** What scripts have given, by their file: whoever copied this file, no script runs twice. */
const given = (globalThis[Symbol.for('prove.scripts')] ??= new Map())

/** What a script gives: the exports of each entry of its package, by the name of the entry. */
const load = (file) => {
  const known = given.get(file)
  if (known !== undefined) return known.exports
  const module = { exports: {} }
  given.set(file, module)
  try {
    const make = compile(file)
    make(module.exports, requireFor(file), module, pathToFileURL(file).href)
  } catch (error) {
    given.delete(file)
    throw error
  }
  return module.exports
}

/** As a script asks for others: packages of Prove are scripts too, and in one process they meet in one core. */
const requireFor = (file) => {
  const usual = createRequire(file)
  const own = (name) => {
    if (!name.startsWith('@prove/')) return usual(name)
    const [script, entry] = scriptOf(name, file, usual)
    return load(script)[entry]
  }
  own.import = async (name) => {
    if (name.startsWith('file:')) return import(name)
    if (name.startsWith('@prove/')) return hasScript(name, file) ? own(name) : import(name)
    const found = usual(name)
    return { default: found, ...found }
  }
  return own
}

/** A package of another version, or one that is found by other means, may have none. */
const hasScript = (name, file) => {
  const folder = folderOf(name, path.dirname(file))
  return folder !== undefined && fs.existsSync(path.join(folder, 'dist/script.cjs'))
}

/** The script of a package, and its entry: `@prove/core/files` is `files/index` of that of the core. */
const scriptOf = (name, file, usual) => {
  const [scope, short, ...below] = name.split('/')
  const entry = [...below, 'index'].join('/')
  const folder = folderOf(`${scope}/${short}`, path.dirname(file))
  if (folder !== undefined) return [path.join(folder, 'dist/script.cjs'), entry]
  const resolved = usual.resolve(name)
  return [path.join(resolved.slice(0, resolved.lastIndexOf(`${path.sep}dist${path.sep}`)), 'dist/script.cjs'), entry]
}

/** What was found before: each plugin asks for the core, and is asked for from the same folder. */
const folders = new Map()

/** The folder of an installed package, as an import from below `folder` finds it. */
const folderOf = (name, folder) => {
  const asked = `${folder} ${name}`
  if (!folders.has(asked)) folders.set(asked, foundFolder(name, folder))
  return folders.get(asked)
}

const foundFolder = (name, folder) => {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = `${at}/node_modules/${name}`
    if (fs.existsSync(`${found}/package.json`)) return fs.realpathSync.native(found)
    if (at === path.dirname(at)) return undefined
  }
}

const compile = (file) => {
  const text = fs.readFileSync(file, 'latin1')
  const keep = keptOf(file, text.slice(0, text.indexOf('\n')))
  const script = new vm.Script(`(function (exports, require, module, __url) {${text}\n})`, {
    filename: file,
    cachedData: keep?.data,
  })
  const isGood = keep?.data !== undefined && script.cachedDataRejected !== true
  if (keep !== undefined && !isGood) keepAtEnd(script, keep)
  return script.runInThisContext()
}

/**
 * What is run decides which functions are compiled, and to read those of all commands takes longer than to compile a few.
 * Undefined in other programs than the command line, for which nothing is kept.
 */
let command

/** What V8 has compiled of a script before, if it may be trusted; undefined where nothing is to be kept. */
const keptOf = (file, hash) => {
  const { NODE_DISABLE_COMPILE_CACHE, NODE_V8_COVERAGE } = process.env
  const folder = cacheFolder()
  if (command === undefined || folder === undefined) return undefined
  if (NODE_DISABLE_COMPILE_CACHE !== undefined || NODE_V8_COVERAGE !== undefined) return undefined
  const origin = `${hash} ${process.version} ${process.arch}`
  const owner = path.basename(path.dirname(path.dirname(file)))
  const name = `${owner}-${sumOf(Buffer.from(file), 1)}-${command}-${process.version}-${process.arch}`
  const kept = path.join(folder, name)
  return { folder, file: kept, origin, data: readKept(kept, origin) }
}

/** A line of JSON that tells what it was made of, and the data. Code that others could have written is not run. */
const readKept = (kept, wanted) => {
  let handle
  try {
    handle = fs.openSync(kept, 'r')
    const { uid, mode } = fs.fstatSync(handle)
    if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0)) return undefined
    const bytes = fs.readFileSync(handle)
    const end = bytes.indexOf(10)
    const { origin, sum } = JSON.parse(bytes.latin1Slice(0, end))
    const data = bytes.subarray(end + 1)
    return origin === wanted && sum === sumOf(data, step) ? data : undefined
  } catch {
    return undefined
  } finally {
    if (handle !== undefined) fs.closeSync(handle)
  }
}

/** Bytes from one that is looked at to the next: what a disk loses when it is cut off is whole pages. */
const step = 4093

const sumOf = (bytes, every) => {
  let sum = bytes.length
  for (let i = 0; i < bytes.length; i += every) sum = (Math.imul(sum, 31) + bytes[i]) | 0
  return (sum >>> 0).toString(16)
}

const unkept = []

/** Written when the process ends well: what is compiled is known then. */
const keepAtEnd = (script, keep) => {
  unkept.push({ script, keep })
  if (unkept.length > 1) return
  process.once('exit', (code) => {
    if (code === 0) for (const each of unkept) write(each.script, each.keep)
  })
}

/** Readers see all of it or nothing. */
const write = (script, { folder, file, origin }) => {
  try {
    const data = script.createCachedData()
    const head = JSON.stringify({ origin, sum: sumOf(data, step) })
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    const next = `${file}.${process.pid}`
    fs.writeFileSync(next, Buffer.concat([Buffer.from(`${head}\n`, 'latin1'), data]), { mode: 0o600, flag: 'wx' })
    fs.renameSync(next, file)
  } catch {
    // What cannot be kept is compiled again.
  }
}

/** Beside what Prove remembers of targets; undefined where there is no place. */
const cacheFolder = () => {
  const base = process.env.XDG_CACHE_HOME ?? ''
  if (path.isAbsolute(base)) return path.join(base, 'prove', 'code')
  try {
    const home = os.homedir()
    return path.isAbsolute(home) ? path.join(home, '.cache', 'prove', 'code') : undefined
  } catch {
    return undefined
  }
}

exports.load = load

/** Keeps what is compiled for a command that is typed often, and for help, from one run to the next. */
exports.keepFor = (word = '-') => {
  if (often.has(word)) command = word
  else if (word.startsWith('-')) command = 'help'
}

const often = new Set([
  '__complete',
  'apply',
  'check',
  'cmd',
  'facts',
  'ping',
  'plan',
  'show',
  'state',
  'status',
  'why',
])
