import { attributeCases } from './attribute-cases.js'
import { blockCases } from './block-cases.js'
import { envCases } from './env-cases.js'
import { type FileCase, fileCasesOf } from './file-case.js'
import { iniCases } from './ini-cases.js'
import { jsonCases } from './json-cases.js'
import { lineCases } from './line-cases.js'
import { replaceCases } from './replace-cases.js'
import { tomlCases } from './toml-cases.js'
import { wholeCases } from './whole-cases.js'
import { yamlCases } from './yaml-cases.js'

/** All cases of functions over files. */
export const allFileCases: readonly FileCase[] = [
  ...wholeCases,
  ...attributeCases,
  ...fileCasesOf('file.line', lineCases),
  ...fileCasesOf('file.block', blockCases),
  ...fileCasesOf('file.replace', replaceCases),
  ...fileCasesOf('ini.value', iniCases),
  ...fileCasesOf('json.value', jsonCases),
  ...fileCasesOf('yaml.value', yamlCases),
  ...fileCasesOf('toml.value', tomlCases),
  ...fileCasesOf('env.value', envCases),
]
