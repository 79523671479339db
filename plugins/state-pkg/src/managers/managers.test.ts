import { describe, expect, it } from 'vitest'
import { managerNamed, managerOf, managers } from './index.js'

describe('the package manager of a host', () => {
  it.each([
    ['debian', ['apt-get'], 'apt'],
    ['debian', ['dnf', 'zypper', 'apt-get'], 'apt'],
    ['fedora', ['apt-get', 'dnf'], 'dnf'],
    ['fedora', ['apt-get'], 'apt'],
    ['opensuse-leap', ['zypper', 'dnf'], 'zypper'],
    ['alpine', ['apk'], 'apk'],
    ['arch', ['pacman'], 'pacman'],
    ['of its own', ['pacman'], 'pacman'],
    ['', [], undefined],
  ])('%s with %j', (os, tools, name) => {
    expect(managerOf({ os, tools })?.name).toBe(name)
  })

  it.each(managers.map(({ name }) => name))('%s is found by its name', (name) => {
    expect(managerNamed(name).name).toBe(name)
  })

  // Whatever it is asked: no answer is half an answer, and nothing is an exception.
  it.each(managers)('$name reads nothing out of nothing', (manager) => {
    expect(manager.parseInstalled('', ['a'])).toBeUndefined()
    expect(manager.parseOffers('', ['a'])).toBeUndefined()
    expect(manager.parseTrial('')).toEqual({ packages: [] })
  })
})
