import type { z } from 'zod'
import type { Operation } from './contracts/operation.js'
import type { Reads, StateFunction } from './contracts/state-function.js'

/** A state function, with the types of its arguments and answers inferred. */
export const defineState = <S extends z.ZodRawShape, R extends Reads>(definition: StateFunction<S, R>): StateFunction =>
  definition

/** An operation, with the types of its request and result inferred. */
export const defineOperation = <Input, Request, Result>(definition: Operation<Input, Request, Result>): Operation =>
  definition
