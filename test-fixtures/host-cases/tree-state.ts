/** A state for a tree at /srv/www out of the folder `site` of the catalog, with more arguments, a line each. */
export const treeState = (more = ''): string =>
  `site:\n  file.tree:\n    path: /srv/www\n    source: prove://site\n${more}`

/** Text for a shell that leaves an empty directory there. */
export const freshTree = 'rm -rf /srv/www; mkdir /srv/www'
