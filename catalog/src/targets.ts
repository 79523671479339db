import { basename, extname, join } from 'node:path'
import { didYouMean, type GroupInput, knownErrors, type RoleInput, roleSchema, type TargetInput } from '@prove/core'
import {
  type Declarations,
  type Declared,
  declaredMap,
  declaredTargets,
  type InventoryGround,
  readInventory,
} from './inventory.js'
import { startOf } from './file-loader.js'
import { namesIn } from './folders.js'
import { noScope } from './no-scope.js'
import { type Places, placesUnder } from './places.js'
import { shownPath } from './shown-path.js'
import { shaped } from './shaped.js'
import { matchTargets } from './match-targets.js'

export interface Role extends Declared<RoleInput> {}

export interface Group {
  readonly name: string
  /** Where it is declared: inventories may add to a group of the configuration. */
  readonly declared: readonly Declared<GroupInput>[]
}

/** A host that the master can configure, with what it belongs to. */
export interface Target {
  readonly name: string
  readonly host: string
  /** The way to reach it. */
  readonly executor: string
  readonly declared: Declared<TargetInput>
  /** In the order of their declaration. */
  readonly groups: readonly Group[]
  readonly roles: readonly Role[]
}

/** All that has a name. */
export interface Roster {
  readonly targets: ReadonlyMap<string, Target>
  readonly groups: ReadonlyMap<string, Group>
  readonly roles: ReadonlyMap<string, Role>
}

/** What the configuration and the inventories declare, put together. */
export const readRoster = async (ground: InventoryGround): Promise<Roster> => {
  const { config, places, diagnostics } = ground
  const inventories = await Promise.all(config.inventories.map((written, i) => readInventory(written, i, ground)))
  const own: Declarations = {
    targets: declaredTargets(config.targets, placesUnder(places, ['targets']), diagnostics),
    groups: declaredOf(config.groups, placesUnder(places, ['groups'])),
  }
  const all = [...inventories, own]
  const groups = groupsOf(all.flatMap((each) => each.groups))
  tellUnknownGroups(
    all.flatMap((each) => each.targets),
    groups,
    diagnostics,
  )
  const roles = new Map((await readRoles(ground)).map((role) => [role.name, role]))
  const declared = uniqueTargets(
    all.flatMap((each) => each.targets),
    ground,
  )
  return { targets: resolved(declared, groups, roles, ground), groups, roles }
}

const declaredOf = <T>(map: Readonly<Record<string, T>>, places: Places): readonly Declared<T>[] =>
  Object.entries(map).map(([name, input]) => ({ name, input, places: placesUnder(places, [name]) }))

/** Groups in the order of their declaration. */
const groupsOf = (declared: readonly Declared<GroupInput>[]): ReadonlyMap<string, Group> => {
  const groups = new Map<string, Declared<GroupInput>[]>()
  for (const each of declared) groups.set(each.name, [...(groups.get(each.name) ?? []), each])
  return new Map([...groups].map(([name, list]) => [name, { name, declared: list }]))
}

const tellUnknownGroups = (
  targets: readonly Declared<TargetInput>[],
  groups: ReadonlyMap<string, Group>,
  diagnostics: InventoryGround['diagnostics'],
): void => {
  for (const { input, places } of targets) {
    for (const [i, name] of input.groups.entries()) {
      if (groups.has(name)) continue
      const hint = didYouMean(name, [...groups.keys()]) ?? `declare it under "groups": ${name}: {}`
      diagnostics.add('PRV_GROUP_UNKNOWN', `there is no group "${name}"`, {
        place: places.placeOf(['groups', i]),
        hint,
      })
    }
  }
}

const uniqueTargets = (
  targets: readonly Declared<TargetInput>[],
  { diagnostics }: InventoryGround,
): readonly Declared<TargetInput>[] => {
  const seen = new Map<string, Declared<TargetInput>>()
  for (const target of targets) {
    const other = seen.get(target.name)
    if (other === undefined) seen.set(target.name, target)
    else {
      const { file, line } = other.places.placeOfKey([])
      diagnostics.add(
        'PRV_TARGET_DUPLICATE',
        `the target "${target.name}" is also declared at ${shownPath(file)}:${line}`,
        {
          place: target.places.placeOfKey([]),
          hint: 'remove one of the two; a group may add variables, states and roles to a target',
        },
      )
    }
  }
  return [...seen.values()]
}

const readRoles = async (ground: InventoryGround): Promise<readonly Role[]> => {
  const { config, files, diagnostics, places } = ground
  const folder = join(config.folder, 'roles')
  const names = namesIn(folder, 'PRV_ROLE_SHAPE', diagnostics).filter((name) =>
    files.extensions.includes(extname(name)),
  )
  const empty = roleSchema.parse({}, { jitless: true })
  const read = names.map(async (name): Promise<Role> => {
    const title = basename(name, extname(name))
    const file = join(folder, name)
    try {
      const loaded = await files.load(file, noScope)
      const what = `the role "${title}"`
      const input = shaped({ schema: roleSchema, code: 'PRV_ROLE_SHAPE', what }, loaded.data, loaded, diagnostics)
      // A role of the wrong shape is still one: that it is unknown would be a second error about the same.
      return { name: title, input: input ?? empty, places: loaded }
    } catch (error) {
      if (knownErrors(error).length === 0) throw error
      for (const each of knownErrors(error)) diagnostics.take(each)
      return { name: title, input: empty, places: { placeOf: () => startOf(file), placeOfKey: () => startOf(file) } }
    }
  })
  const inConfig = declaredMap(config.roles, roleSchema, 'role', placesUnder(places, ['roles']), diagnostics)
  return uniqueRoles([...inConfig, ...(await Promise.all(read))], diagnostics)
}

const uniqueRoles = (roles: readonly Role[], diagnostics: InventoryGround['diagnostics']): readonly Role[] => {
  const seen = new Map<string, Role>()
  for (const role of roles) {
    const other = seen.get(role.name)
    seen.set(role.name, other ?? role)
    if (other === undefined) continue
    const message = `the role "${role.name}" is also declared in ${shownPath(other.places.placeOfKey([]).file)}`
    const hint = 'remove one of the two'
    diagnostics.add('PRV_ROLE_SHAPE', message, { place: role.places.placeOfKey([]), hint })
  }
  return [...seen.values()]
}

const resolved = (
  declared: readonly Declared<TargetInput>[],
  groups: ReadonlyMap<string, Group>,
  roles: ReadonlyMap<string, Role>,
  { diagnostics }: InventoryGround,
): ReadonlyMap<string, Target> => {
  const memberships = membershipsOf(declared, groups, diagnostics)
  const targets = new Map<string, Target>()
  for (const each of declared) {
    const { name, input } = each
    const own = [...groups.values()].filter((group) => memberships.get(group.name)?.has(name) === true)
    const wanted = [...own.flatMap((group) => group.declared), each]
    const found = wanted.flatMap(({ input: { roles: asked }, places }) =>
      asked.flatMap((role, i) => {
        const known = roles.get(role)
        if (known !== undefined) return [known]
        const hint = didYouMean(role, [...roles.keys()]) ?? 'write it in roles/, or under "roles" of the configuration'
        const place = places.placeOf(['roles', i])
        diagnostics.add('PRV_ROLE_UNKNOWN', `there is no role "${role}"`, { place, hint })
        return []
      }),
    )
    const local = name === 'local' || name === 'localhost'
    targets.set(name, {
      name,
      host: input.host ?? name,
      // To run on this machine what was meant for another would be the worst of surprises.
      executor: input.executor ?? (local && input.host === undefined ? 'local' : 'ssh'),
      declared: each,
      groups: own,
      roles: [...new Set(found)],
    })
  }
  return targets
}

/** Names of members by group: those a group lists or matches, and those that say so themselves. */
const membershipsOf = (
  targets: readonly Declared<TargetInput>[],
  groups: ReadonlyMap<string, Group>,
  diagnostics: InventoryGround['diagnostics'],
): ReadonlyMap<string, ReadonlySet<string>> => {
  const names = targets.map(({ name }) => name)
  const members = new Map<string, Set<string>>()
  for (const { name, declared } of groups.values()) {
    const own = new Set(targets.filter(({ input }) => input.groups.includes(name)).map((target) => target.name))
    for (const { input, places } of declared) {
      const list = typeof input.targets === 'string' ? [input.targets] : input.targets
      for (const [i, expression] of list.entries()) {
        const place = places.placeOf(typeof input.targets === 'string' ? ['targets'] : ['targets', i])
        for (const member of matchTargets(expression, names, place, diagnostics)) own.add(member)
      }
    }
    members.set(name, own)
  }
  return members
}
