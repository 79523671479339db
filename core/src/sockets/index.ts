export {
  formatHostAndPort,
  formatSocketAddress,
  type HostAndPort,
  readHostAndPort,
  readSocketAddress,
} from './host-and-port.js'
export { listening } from './listening.js'
export { cannotListen, unreachable } from './network-problem.js'
export { withDeadline } from './with-deadline.js'
