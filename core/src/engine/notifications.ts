import type { Notification } from '../contracts/compiled.js'
import type { PartInvocation } from './invocation.js'

/** What a part may notify, whatever comes of it. */
export const notificationsOf = ({ state, index }: Pick<PartInvocation, 'state' | 'index'>): readonly Notification[] =>
  state.notifications.filter(({ part }) => (part ?? index) === index)
