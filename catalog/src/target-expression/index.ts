export { evaluateTargets, matchingTargets } from './evaluate.js'
export { parseTargetExpression } from './parse.js'
