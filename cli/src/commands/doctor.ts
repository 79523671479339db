import { defineCommand } from './command.js'
import { type OutputFlags, outputOption, type TargetFlags, targetOption } from './options.js'

interface Flags extends TargetFlags, OutputFlags {}

export const doctorCommand = defineCommand<Flags>({
  name: 'doctor',
  about: 'Tell whether everything is right here, and what to do about what is not; change nothing.',
  heading: 'Set up',
  arguments: [],
  options: [
    { ...targetOption, about: 'targets to reach and look round on; this machine alone unless given' },
    outputOption(['console', 'json']),
  ],
  examples: [
    { line: 'prove doctor', about: 'Node, plugins, catalog, and this machine as a target' },
    { line: 'prove doctor -t group:web', about: 'reaches those targets too: shell, tools, clock' },
  ],
  notes: 'Exit status: 1 when something fails, else 0.',
  run: async (_words, { target, output }, { print, colors }) => {
    const { doctor } = await import('../doctor/doctor.js')
    return doctor(process.cwd(), { target, output }, colors, print)
  },
})
