// The fonts of the default theme are a network's worth of files: the system's do as well.
import Theme from 'vitepress/theme-without-fonts'
// oxlint-disable-next-line import/no-unassigned-import -- the bundler takes it up
import './style.css'

export default Theme
