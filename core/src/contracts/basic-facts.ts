import type { Facts } from './facts.js'

/** The facts that every session reads, as far as files may ask for them. */
export const basicFactNames = [
  'hostname',
  'kernel',
  'kernelVersion',
  'arch',
  'os',
  'osVersion',
  'user',
  'uid',
  'group',
  'home',
  'dialect',
] as const satisfies readonly (keyof Facts)[]
