import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const systemPath = (): readonly string[] => (process.env['PATH'] ?? '/usr/bin:/bin').split(':')

export const findProgram = (name: string): string | undefined =>
  systemPath()
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
