const onlyAttributes = 'file.managed may leave the content alone; copy needs one'
const noFollowing = 'a symbolic link in the way is told, not replaced and not followed, unless that is asked for'
const namesStayTogether = 'names of one file are not torn apart unless that is asked for'
const nowhere = 'a link may lead to what is not there yet'
const relative = 'a link leads to what is written, be it there or not'
const lineEnds = 'lines end as those of the file do, and a last line without an end keeps none'
const goesBy = 'a line to go by that is not there is an error: elsewhere the line might mean something else'
const unending = 'what would change again in every run is an error'
const halfBlocks = 'a mark without its other, or a block that is there twice, is an error'
const asWritten = 'a value is written as the others are, with their blanks, signs and indents, and comments stay'
const emptyLines = 'a section stands behind an empty line, but for the first'
const goesOn = 'a value of several lines is one value'
const javascript = 'regular expressions and what stands for their groups are those of JavaScript'

/** Where Prove does something else than Ansible on purpose, by the title of the case, and why. */
export const differences: Readonly<Record<string, string>> = {
  'file.managed: only has to exist': onlyAttributes,
  'file.managed: exists, whatever it holds': onlyAttributes,
  'file.managed: keeps set-id bits under another owner': onlyAttributes,
  'file.managed: does not replace a link': noFollowing,
  'file.managed: does not tear names of one file apart': namesStayTogether,
  'file.managed: has slashes too many in its path': 'a slash at the end of a path means nothing',
  'file.directory: has its mode': 'a mode without quotes is read as it is written: 2750 is "2750"',
  'file.directory: needs the one above it': 'directories above are made only where create_parents says so',
  'file.directory: does not replace a link': noFollowing,
  'file.link: is there': relative,
  'file.link: may lead nowhere': nowhere,
  'file.link: leads elsewhere': relative,
  'file.link: to a directory leads elsewhere': relative,
  'file.link: does not replace a directory': 'a directory is never replaced by a link',
  'file.link: leads to a strange name': nowhere,
  'file.absent: a directory that holds something stays': 'what is in a directory is removed only where recurse says so',
  'an edit does not follow a link': noFollowing,
  'an edit does not tear names of one file apart': namesStayTogether,
  'file.line: ends as the others do': lineEnds,
  'file.line: comes behind a line without an end, and has none': lineEnds,
  'file.line: is there without an end': lineEnds,
  'file.line: is there with CRLF': lineEnds,
  'file.line: goes after the last line, which has no end': lineEnds,
  'file.line: keeps the end of what it replaces': lineEnds,
  'file.line: goes nowhere else than it should': goesBy,
  'file.line: would replace one line after the other': unending,
  'file.line: would grow in every run': unending,
  'file.line: changes a part of the line': 'with backrefs only what the expression matches is replaced',
  'file.block: ends as the others do': lineEnds,
  'file.block: keeps a last mark without an end': lineEnds,
  'file.block: may hold nothing': 'an empty block is a block',
  'file.block: needs its end': halfBlocks,
  'file.block: needs its beginning': halfBlocks,
  'file.block: is there once': halfBlocks,
  'file.block: needs the line it goes by': goesBy,
  'file.replace: is made over lines': javascript,
  'file.replace: has dollars': javascript,
  'file.replace: keeps a dollar that means nothing': javascript,
  'file.replace: uses all of it': javascript,
  'ini.value: is replaced, and all else is kept': asWritten,
  'ini.value: is there': 'blanks and signs around a value do not matter',
  'ini.value: keeps how it is written': asWritten,
  'ini.value: keeps a colon': asWritten,
  'ini.value: is added as others are written': asWritten,
  'ini.value: is added to an empty section': asWritten,
  'ini.value: makes its section': emptyLines,
  'ini.value: makes its section in an empty file': emptyLines,
  'ini.value: takes the place of a value of several lines': goesOn,
  'ini.value: is no line that goes on with another': goesOn,
  'ini.value: is indented like those of git': asWritten,
  'ini.value: counts where it stands last': 'of a name that stands twice the last one counts, and both stay',
  'ini.value: has no value': 'no blank is left at the end of a line',
  'ini.value: keeps CRLF': lineEnds,
  'ini.value: keeps a last line without an end': lineEnds,
  'ini.value: is removed': goesOn,
}
