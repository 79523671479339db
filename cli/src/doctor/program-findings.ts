import { accessSync, constants, openSync, readSync, realpathSync, closeSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { packageFolder } from '../package-folder.js'
import { type Finding, fail, ok, warn } from './finding.js'

const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
  readonly version: string
  readonly engines: { readonly node: string }
}

/** Of the program itself: Node, where Prove runs from, what "prove" means to the shell, and whether Tab completes. */
export const programFindings = (env: NodeJS.ProcessEnv): readonly Finding[] => [
  nodeFinding(process.versions.node, process.platform),
  ok('prove', `${manifest.version} in ${packageFolder}`),
  pathFinding(env['PATH'] ?? ''),
  ...completionFindings(env),
]

/** Exported for tests: a test cannot run in another Node. */
export const nodeFinding = (version: string, platform: string): Finding => {
  const said = `${version} on ${platform} ${process.arch}`
  const wanted = manifest.engines.node.replace('>=', '')
  if (isOlder(version, wanted)) return fail('node', said, `install Node ${wanted} or newer`)
  return platform === 'win32'
    ? warn('node', `${said}: the executor "local" needs a POSIX shell`, 'run Prove in WSL')
    : ok('node', said)
}

const isOlder = (version: string, wanted: string): boolean => {
  const [a = [], b = []] = [version, wanted].map((text) => text.split('.').map(Number))
  const i = b.findIndex((number, at) => number !== (a[at] ?? 0))
  return i >= 0 && (a[i] ?? 0) < (b[i] ?? 0)
}

const pathFinding = (path: string): Finding => {
  const about = 'prove on PATH'
  const found = findProgram('prove', path)
  const other = findProgram('provectl', path)
  const isOther = other !== undefined && isThis(other)
  if (found !== undefined && isThis(found)) return ok(about, found)
  if (found === undefined) {
    const said = isOther ? 'only "provectl" is there' : 'there is none'
    return warn(
      about,
      said,
      isOther ? 'type "provectl"' : 'install it where your shell looks: npm install -g @prove/cli',
    )
  }
  const next = isOther
    ? 'type "provectl" in place of "prove"'
    : `put the folder of this one before ${dirname(found)} in PATH, or type "provectl"`
  return beginningOf(found).includes('App::Prove')
    ? warn(about, `${found} is the test runner of perl, another program of this name`, next)
    : warn(about, `${found} is another program, or another copy of this one`, next)
}

/** The same file through links, or a script of a package manager that names it. */
const isThis = (program: string): boolean => {
  const real = realpathSync(program)
  return (
    real === realpathSync(join(packageFolder, 'bin/prove.js')) || beginningOf(real).includes('@prove/cli/bin/prove.js')
  )
}

const findProgram = (name: string, path: string): string | undefined =>
  path
    .split(':')
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return statSync(file).isFile()
      } catch {
        return false
      }
    })

const beginningOf = (file: string): string => {
  const buffer = Buffer.alloc(4096)
  try {
    const opened = openSync(file, 'r')
    const length = readSync(opened, buffer)
    closeSync(opened)
    return buffer.toString('latin1', 0, length)
  } catch {
    return ''
  }
}

/** Where each shell may be told to complete, and the line that does it. */
const shells: Readonly<Record<string, { readonly files: readonly string[]; readonly line: string }>> = {
  bash: {
    files: ['.bashrc', '.bash_profile', '.profile', '.local/share/bash-completion/completions/prove'],
    line: "echo 'source <(prove completion bash)' >>~/.bashrc",
  },
  zsh: { files: ['.zshrc', '.zprofile'], line: "echo 'source <(prove completion zsh)' >>~/.zshrc" },
  fish: {
    files: ['.config/fish/config.fish', '.config/fish/completions/prove.fish'],
    line: "echo 'prove completion fish | source' >>~/.config/fish/config.fish",
  },
}

/** Nothing for a shell that cannot be taught. */
const completionFindings = (env: NodeJS.ProcessEnv): readonly Finding[] => {
  const name = basename(env['SHELL'] ?? '')
  const shell = shells[name]
  const home = env['HOME'] ?? homedir()
  if (shell === undefined) return []
  const file = shell.files
    .map((each) => join(home, each))
    .find((path) => /\bcompletion (bash|zsh|fish)/.test(textOf(path)))
  return [
    file === undefined
      ? warn('completion', `${name} does not complete "prove"`, shell.line)
      : ok('completion', `${name}, by ${file}`),
  ]
}

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
