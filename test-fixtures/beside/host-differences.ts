const asked =
  'a user gets a home only when it is made, and only where it is not one of the system, unless that is asked for'
const confirmed = 'another number leaves files behind under the old one: it must be confirmed'
const primary = 'the primary group counts among the groups that a user is in'
const noMarks = 'a mark without what belongs to it means that somebody has edited: the lines below it are kept'
const bytes = 'lines of others stay byte for byte'
const noLinks = 'what a user has put in its home is not followed, and not replaced, by root'
const believed = 'sshd and ssh do not believe a file that others may write, or that is not of its user: it is mended'

const users = {
  'a system user without a home': asked,
  'nothing but a name, of a user without a home': asked,
  'a user for whom a group of its name is waiting': 'a group of its name is its primary group, not "users"',
  'its primary group among its groups': primary,
  'another uid, which nobody has confirmed': confirmed,
}

const groups = {
  'whom the others are about': asked,
  'another hash behind a lock that nobody speaks of': 'a lock that somebody laid on a password stays with the next one',
  'no lock for someone without a password': 'usermod refuses that: it is an error, and not a change in every run',
  'another number, which nobody has confirmed': confirmed,
  'a home that belongs to somebody else': 'who cannot be removed with all that was asked for is not removed by half',
}

const cron = {
  'a job that a person has removed, and left its marks': noMarks,
  'a mark without its end: the job below it is kept': noMarks,
  'the last line: there is no crontab any more': 'a crontab without a line is removed',
  'a crontab that is no UTF-8, with line ends of others': bytes,
  'beside what that file has, which stays byte for byte': bytes,
  'a file of the spool with nearly the header of cron: no line is lost': bytes,
  'a variable where it is, and another that is not to be': 'blanks around the "=" of a variable make it no other one',
}

const comment = 'a key is known by itself: a comment that nobody gives stays'

const keys = {
  'a key that is there': comment,
  'a key beside others, whose lines stay as they are, odd ones too': bytes,
  'other options of a key': comment,
  'another comment': bytes,
  'several keys, absent': bytes,
  'these keys and no others': 'what is no key lets nobody in, and stays',
  'a file and a directory that others may write': believed,
  'a file and a directory that root has made': believed,
  'a user that is not let in any more': bytes,
  'a link that the user has put in place of the file': noLinks,
  'a link that the user has put in place of the directory': noLinks,
  'a place of its own for keys': 'keys outside of the home are those of root: a user does not let itself in',
  'another key of a host, which shares its line with others, behind a missing line end':
    'other hosts of a line keep their key, and a line is never written behind the end of another',
  'a key of another type, beside the one that is there':
    'a mark such as @revoked makes a line another one, which stays',
  'a host on another port, of a user': believed,
  'a host whose name is hashed': 'a name that is hashed is known all the same',
  'a host that is not known any more, by its hashed name': believed,
}

const settings = {
  'somebody set it otherwise in the file, where all else stays': 'a setting is the same with "/" and with "."',
}

const names = {
  'a name in a file with a comment and without a last line end': bytes,
  'a time zone': '/etc/timezone, which some programs read, is kept with the link',
  'a locale, made from the list; another that is there stays': 'locales that are there stay',
}

const fetched = 'package lists are fetched where a package is missing in them and they are old, or were never there'
const provided = 'a name that other packages provide counts as there, and cannot be removed'

const packages = {
  'a name that is provided': provided,
  'away with what is only provided': provided,
  'a package that newer lists have': fetched,
  'lists that were never fetched': fetched,
  'lists that name what is gone by now': fetched,
  'a newer package file, with an odd name': 'a file may have any name',
  'an older package file': 'a newer version than that of a file is as good',
  'a package beside one that fails': 'a package that fails keeps no other from being installed',
  'after dpkg was interrupted': 'what an interrupted dpkg has left is finished first',
  'newer, of what is not there': 'what is not there cannot be upgraded: that is an error',
}

const staysUp = 'a service that does not stay up has not been started'
const notAgain = 'a notification does nothing to a service that this run has just started'

const services = {
  'fails where it dies at once, in its own words': staysUp,
  'fails where it dies again and again': staysUp,
  'says that a oneshot never runs': staysUp,
  'enables what an alias stands for': 'what an alias stands for is enabled',
  'has nothing to stop where there is nothing': 'a service that does not exist is stopped',
  'says that a unit without [Install] cannot be enabled': 'what cannot be enabled is not said to be',
  'says that a mask would stand in the place of a unit':
    'a mask that cannot be is an error, and not a change in every run',
  'does not reload what it has just started': notAgain,
  'restarts what cannot be reloaded': 'a service that cannot be reloaded is restarted by a notification',
  'says that it cannot be reloaded': 'that it cannot be reloaded is told before there is something to reload it for',
  'leaves alone what is stopped, when it should reload it': 'what is stopped is not started by a reload',
}

const refused = 'a unit in which systemd-analyze finds mistakes does not take the place of the old one'
const running = 'a unit that runs is not removed; one that is enabled is disabled first'

const units = {
  'makes a unit and runs it, without loading anything twice': notAgain,
  'loads a unit that somebody changed by hand and put back': 'that systemd has to read a unit again is a change',
  'refuses a misspelt setting': refused,
  'refuses a program that is not there': refused,
  'refuses a value that cannot be': refused,
  'refuses a unit that does nothing': refused,
  'refuses what is no unit': refused,
  'does not remove what runs': running,
  'stops and removes, and leaves no links behind': running,
}

const lost = 'what somebody has changed or committed in a checkout is lost only where that is asked for'

const git = {
  'the tag was moved': 'a tag is what the repository says it is',
  'a changed file where nothing is to be done':
    'changes in a checkout are in the way only where the commit is to change',
  'a file in the way that git does not know: in its words, and kept': lost,
  'a commit that the repository does not have': lost,
  'over ssh with a key, to a host whose key is taken for true': 'a key may lie at any path',
  'begun, and cut off': 'a checkout that was begun is gone on with',
  'kept: commits of the branch that the repository begins with, where another one is checked out': lost,
  'kept: a branch that nothing is done to may have commits of its own': 'only the branch that is wanted counts',
  'kept: an ignored file of the host that the next commit has, in the words of git': lost,
}

const toTheLetter = 'what is mounted at a path with a blank and other letters is seen, and nothing is mounted over it'

const mounts = {
  'without a directory': 'a directory is made only where create says so',
  'only now: no line': 'what is mounted as it is declared is no change',
  'a directory at another place, which has a blank and other letters in its name': toTheLetter,
  'another directory there, read-only: the first is unmounted': toTheLetter,
  'another file system there, in use: in the words of umount': toTheLetter,
  'what is in use': toTheLetter,
  'unmounted: the line stays': toTheLetter,
  'absent: the line goes, and no other byte': toTheLetter,
  'absent, twice on one another, and twice in the file':
    'all that is mounted at a path goes, and all its lines, short ones and those with a slash at the end too',
  'whole pages: another mode of what is mounted is for a person to do':
    'an option that mounting again does not change is not said to have changed',
}

const modules = {
  'blacklisted, beside its options': 'what is blacklisted is not loaded at boot either',
}

const notWritten = 'what cannot run is not written'

const timers = {
  'does not take the place of a service that is not its own': 'a service that somebody else has made stays',
  'says that a time is none': notWritten,
  'says that a time span is none': notWritten,
  'says that there is no such user': notWritten,
  'says that there is no such program': notWritten,
  'removes a timer and its service': 'a timer that is not there is one that does not run',
  'removes a timer, and leaves a service that is not its own': 'with a timer goes only the service that came with it',
}

const inTheWay = 'a symbolic link in the way is told, not replaced, unless that is asked for'

const copies = {
  'to a link, which is left alone': inTheWay,
}

const downloads = {
  'that exists with its checksum: the server is not asked': 'a checksum is the same in capitals',
  'with a checksum that it does not have, in place of another file, which stays':
    'a file stays until there is another that is as it should be',
  'of a table that has changed with it': 'tables as BSD writes them are read',
  'of a server that breaks off': 'what broke off is no file',
  'in place of a link, unasked': inTheWay,
  'with neither curl nor wget': 'nothing of ours runs on the host: it fetches with a program of its own',
}

const noDirectory = 'where there is nothing to unpack, no directory is made'

const archives = {
  'of a server, where nothing has changed: it is not asked for it':
    'what was unpacked is known by its checksum: no copy of the archive has to stay',
  'of a server that breaks off': noDirectory,
  'that is not there': noDirectory,
  'without the program that unpacks it': noDirectory,
}

const repositories = {
  'a key that signs something else, in the state': 'with a repository that is taken back its key goes too',
  'another key for one that is in use':
    'a repository stands there once: another key takes the place of the one before, where a second entry makes apt refuse all',
  'beside one that is broken': 'what another repository lacks keeps no one from being put in place',
  'a link in its place': inTheWay,
}

const whole = 'where something is in the way of a tree, nothing of it is written'

const trees = {
  'owner, group and modes': 'owner and modes are also those of the directory at the top',
  'names that a shell would take apart': 'a file may have any name',
  'a file in the place of a directory': whole,
  'a directory in the place of a file': whole,
  'a link in the place of a file': inTheWay,
}

const sudo = {
  'other commands, with characters that mean something to sudo':
    'characters of a command mean themselves, also those that mean something in a file of sudo',
}

const renewed = 'a certificate is made anew before its end, or where a wrong clock made it for the future'
const believable = 'nothing is signed by who may sign nothing, or not any more: nobody would believe it'

const tls = {
  'a link is not followed': inTheWay,
  'openssl fails: its words, its status, and nothing left':
    'keys are made by the openssl of the host, and by no library beside it',
  'the same names in another order are the same': 'names are the same in another order, and in capitals',
  'one that has expired': renewed,
  'one that ends soon': renewed,
  'one that a wrong clock has made for the future': renewed,
  'a file that holds the key as well is not replaced':
    'a file that holds a private key too is no certificate to be kept',
  'an authority that is none': believable,
  'an authority that has expired': believable,
  'an authority that ends soon, under the same key: what it has signed stays':
    'an authority is made anew before its end, and what it has signed under the same key stays',
}

/** Where Prove does something else than Ansible on purpose: by the area and the title of a case, why. */
export const hostDifferences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  users,
  'passwords, groups and removals': groups,
  cron,
  keys,
  packages,
  services,
  units,
  git,
  mounts,
  timers,
  copies,
  downloads,
  archives,
  'plain trees': trees,
  'rules of sudo': sudo,
  'keys and certificates': tls,
  repositories,
  'modules of the kernel': modules,
  'settings of the kernel': settings,
  'name, time zone and locales': names,
}
