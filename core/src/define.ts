import type { z } from 'zod'
import type { MetaState } from './contracts/meta-state.js'
import type { Operation } from './contracts/operation.js'
import type { Reads, StateFunction } from './contracts/state-function.js'

/** A state function, with the types of its arguments and answers inferred. */
export const defineState = <S extends z.ZodRawShape, R extends Reads>(definition: StateFunction<S, R>): StateFunction =>
  definition

/** A meta-state, with the types of its arguments inferred. */
export const defineMeta = <S extends z.ZodRawShape>(definition: MetaState<S>): MetaState =>
  definition as unknown as MetaState

/** An operation, with the types of its request and result inferred. */
export const defineOperation = <Input, Request, Result>(definition: Operation<Input, Request, Result>): Operation =>
  definition
