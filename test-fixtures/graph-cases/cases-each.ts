import { each, file, type GraphCase, group, late, lateWork, lazy, still, work } from './graph-case.js'

const own = lateWork('key')
const named = (over: unknown, state: unknown, fields = {}) => ({
  'meta.each': { over, key: 'name', state },
  ...fields,
})

/** One state for each item. */
export const eachCases: readonly GraphCase[] = [
  {
    title: 'each over a list of texts',
    states: { e: each(['x', 'y'], own) },
    ran: ['e[x] changed', 'e[y] changed'],
    did: ['x', 'y'],
  },
  {
    title: 'each over numbers',
    states: { e: each([2, 1], lateWork("'n' ~ item")) },
    ran: ['e[2] changed', 'e[1] changed'],
    did: ['n2', 'n1'],
  },
  {
    title: 'each over a map: its keys, and what stands behind them',
    states: { e: each({ x: { shell: 'sh' }, y: { shell: 'zsh' } }, lateWork("key ~ '-' ~ item.shell")) },
    ran: ['e[x] changed', 'e[y] changed'],
    did: ['x-sh', 'y-zsh'],
  },
  {
    title: 'each over a list of maps with a key',
    states: {
      e: named(
        [
          { name: 'x', id: 7 },
          { name: 'y', id: 8 },
        ],
        lateWork('key ~ item.id'),
      ),
    },
    ran: ['e[x] changed', 'e[y] changed'],
    did: ['x7', 'y8'],
  },
  {
    title: 'each over nothing',
    states: { e: each([], own), d: work('d', { requires: 'e' }) },
    ran: ['d changed'],
  },
  {
    title: 'the items are known to plans',
    states: { e: each(['x', 'y'], { 'file.managed': { path: late("'{root}/' ~ item"), content: 'x\n' } }) },
    there: { x: 'x\n' },
    ran: ['e[x] ok', 'e[y] changed'],
    planned: ['e[x] ok sure', 'e[y] would-change sure'],
    again: ['e[x] ok', 'e[y] ok'],
  },
  {
    title: 'who requires each requires all of them',
    states: { d: work('d', { requires: 'e' }), e: each(['x', 'y'], own) },
    fails: ['x'],
    ran: ['e[x] failed', 'e[y] changed', 'd skipped'],
  },
  {
    title: 'who requires one item requires that alone',
    states: { d: work('d', { requires: 'e[y]' }), e: each(['x', 'y'], own) },
    fails: ['x'],
    ran: ['e[y] changed', 'd changed', 'e[x] failed'],
  },
  {
    title: 'each item notifies for itself, and one reload answers all',
    states: { e: each(['x', 'y'], lateWork('key', { notify: 'r' })), r: work('r', lazy) },
    ran: ['e[x] changed', 'e[y] changed', 'r changed'],
  },
  {
    title: 'each item notifies with variables of its own',
    states: {
      e: each(['x', 'y'], lateWork('key', { notify: { state: 'r', with: { name: late("'r-' ~ key") } } })),
      r: lateWork('with.name', lazy),
    },
    ran: ['e[x] changed', 'e[y] changed', 'r changed', 'r changed'],
    did: ['x', 'y', 'r-x', 'r-y'],
  },
  {
    title: 'a notification wakes all items that are lazy',
    states: { a: work('a', { notify: 'e' }), e: each(['x', 'y'], lateWork('key', lazy)) },
    ran: ['a changed', 'e[x] changed', 'e[y] changed'],
  },
  {
    title: 'a notification wakes one item',
    states: { a: work('a', { notify: 'e[y]' }), e: each(['x', 'y'], lateWork('key', lazy)) },
    ran: ['a changed', 'e[y] changed'],
  },
  {
    title: 'a group for each item: its rescue is its own',
    states: {
      e: each(
        ['x', 'y'],
        group(
          { m: lateWork("'m-' ~ key") },
          { rescue: { r: lateWork("'r-' ~ key") }, always: { z: lateWork("'z-' ~ key") } },
        ),
      ),
      d: work('d', { requires: 'e' }),
    },
    fails: ['m-x'],
    ran: ['e[x]/m rescued', 'e[x]/r changed', 'e[x]/z changed', 'e[y]/m changed', 'e[y]/z changed', 'd changed'],
    did: ['m-x', 'r-x', 'z-x', 'm-y', 'z-y', 'd'],
  },
  {
    title: 'each in each: the inner names hide the outer ones',
    states: { e: each(['x', 'y'], each(['1', '2'], own)) },
    ran: ['e[x][1] changed', 'e[x][2] changed', 'e[y][1] changed', 'e[y][2] changed'],
    did: ['1', '2', '1', '2'],
  },
  {
    title: 'each in each over what the outer item holds',
    states: { e: each({ x: { all: ['1', '2'] }, y: { all: ['3'] } }, each(late('item.all'), own)) },
    ran: ['e[x][1] changed', 'e[x][2] changed', 'e[y][3] changed'],
    did: ['1', '2', '3'],
  },
  {
    title: 'a rescue around each',
    states: {
      g: group({ e: each(['x', 'y', 'z'], own) }, { rescue: { r: work('r') } }),
      d: work('d', { requires: 'g' }),
    },
    fails: ['y'],
    ran: ['g/e[x] changed', 'g/e[y] rescued', 'g/e[z] changed', 'g/r changed', 'd changed'],
  },
  {
    title: 'the outputs of one item',
    states: { e: each(['x', 'y'], { 'cmd.run': late("'printf ' ~ key") }), d: lateWork("outputs['e[y]'].stdout") },
    ran: ['e[x] changed', 'e[y] changed', 'd changed'],
    did: ['y'],
  },
  {
    title: 'files of items, one of which is there, and what requires them',
    states: {
      e: each(['x', 'y'], { 'file.managed': { path: late("'{root}/' ~ key"), content: 'x\n' }, notify: 'r' }),
      r: work('r', lazy),
      s: still({ requires: 'e' }),
      f: file('f', { requires: 'e[x]' }),
    },
    there: { y: 'x\n' },
    ran: ['e[x] changed', 'e[y] ok', 'r changed', 's ok', 'f changed'],
    again: ['e[x] ok', 'e[y] ok', 's ok', 'f ok'],
  },
  {
    title: 'maps without a key are an error',
    states: { e: each([{ name: 'x' }], own) },
    error: 'PRV_ARGUMENT_INVALID',
  },
  { title: 'two items of one key are an error', states: { e: each(['x', 'x'], own) }, error: 'PRV_ARGUMENT_INVALID' },
  { title: 'a key that cannot be one is an error', states: { e: each(['x y'], own) }, error: 'PRV_ARGUMENT_INVALID' },
  {
    title: 'a map that lacks its key is an error',
    states: { e: named([{ name: 'x' }, { title: 'y' }], own) },
    error: 'PRV_ARGUMENT_INVALID',
  },
]
