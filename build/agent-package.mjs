// Makes a Debian package of the agent's one file: node build/agent-package.mjs
//   [--entry FILE] [--output FOLDER] [--arch ARCH] [--version VERSION] [--compression OF-DPKG-DEB]
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { agentFile } from './agent-file.mjs'
import { importSource } from './import-source.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { systemdUnit } = await importSource('cli/src/agent/systemd-unit.ts')
const given = (name) => readFileSync(join(root, 'build/agent-package', name))

/** What Debian calls the processors that Node names so. */
const architectures = { x64: 'amd64', arm64: 'arm64' }

/** Who is to be written to about the package. */
const maintainer = 'The Prove authors <prove@example.invalid>'

/** The time of the last commit: packages that are made of the same are the same. */
const lastCommit = () => execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }).trim()

/**
 * Writes `prove-agent_VERSION_ARCH.deb` into a folder, and returns its path. `file` and `licenses` are as {@link agentFile} returns
 * them; `compression` is one of those of dpkg-deb.
 */
export const agentPackage = ({ file, licenses, version, arch = process.arch, output, compression = 'xz' }) => {
  const architecture = architectures[arch]
  const epoch = process.env.SOURCE_DATE_EPOCH ?? lastCommit()
  const work = mkdtempSync(join(tmpdir(), 'prove-agent-package-'))
  try {
    const contents = contentsOf({ file, licenses, version, epoch })
    const paths = Object.keys(contents)
    for (const path of paths) write(join(work, path), contents[path])
    chmodSync(work, 0o755)
    const configuration = join(work, 'etc/prove-agent')
    mkdirSync(configuration, { recursive: true })
    chmodSync(configuration, 0o700)
    const sizes = paths.map((path) => Math.ceil(statSync(join(work, path)).size / 1024))
    const control = controlText({ version, architecture, size: sizes.reduce((sum, size) => sum + size, 0) })
    const sums = paths.map((path) => `${md5(join(work, path))}  ${path}\n`)
    write(join(work, 'DEBIAN/control'), { bytes: control })
    write(join(work, 'DEBIAN/md5sums'), { bytes: sums.join('') })
    for (const name of ['postinst', 'prerm', 'postrm'])
      write(join(work, 'DEBIAN', name), { bytes: given(name), mode: 0o755 })
    const made = join(output, `prove-agent_${version}_${architecture}.deb`)
    mkdirSync(output, { recursive: true })
    const words = ['--root-owner-group', '--uniform-compression', `-Z${compression}`, '--build', work, made]
    execFileSync('dpkg-deb', words, {
      env: { ...process.env, SOURCE_DATE_EPOCH: epoch },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return made
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const contentsOf = ({ file, licenses, version, epoch }) => ({
  'usr/bin/prove-agent': { file, mode: 0o755 },
  'usr/lib/systemd/system/prove-agent.service': { bytes: systemdUnit },
  'usr/share/doc/prove-agent/copyright': { bytes: copyright(licenses) },
  'usr/share/doc/prove-agent/changelog.gz': { bytes: gzipSync(changelog(version, epoch), { level: 9 }) },
})

const write = (path, { file, bytes, mode = 0o644 }) => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 })
  if (file === undefined) writeFileSync(path, bytes)
  else copyFileSync(file, path)
  chmodSync(path, mode)
}

// Node is linked with the C++ of the host, and wants a libc from 2018 on.
const controlText = ({ version, architecture, size }) => `Package: prove-agent
Version: ${version}
Architecture: ${architecture}
Maintainer: ${maintainer}
Installed-Size: ${size}
Depends: libc6 (>= 2.28), libgcc-s1 | libgcc1, libstdc++6 (>= 5)
Section: admin
Priority: optional
Description: agent of the Prove configuration management
 Runs on a host what a Prove master asks for: makes the host be what was
 declared, and reports what it did. Node.js is inside. It is not started
 before it has been configured: "prove agent install" does both.
`

const copyright = (licenses) =>
  `This is prove-agent, made of the sources of Prove and of the software named below, Node.js first.\n\n${readFileSync(join(root, 'LICENSE'), 'utf8')}\n${'-'.repeat(80)}\n${licenses}`

const changelog = (version, epoch) =>
  `prove-agent (${version}) unstable; urgency=medium\n\n  * Version ${version} of Prove; what is new in it is told there.\n\n -- ${maintainer}  ${new Date(Number(epoch) * 1000).toUTCString().replace('GMT', '+0000')}\n`

const md5 = (path) => createHash('md5').update(readFileSync(path)).digest('hex')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      entry: { type: 'string', default: 'cli/src/agent-main.ts' },
      output: { type: 'string', default: '.' },
      arch: { type: 'string', default: process.arch },
      version: { type: 'string', default: JSON.parse(readFileSync(join(root, 'cli/package.json'), 'utf8')).version },
      compression: { type: 'string' },
    },
  })
  console.log(relative('', agentPackage({ ...(await agentFile(values)), ...values })))
}
