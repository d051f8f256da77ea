import { findClaim } from '../claims'
import type { JsonObject } from '../json/json'
import { newWork, type Work } from '../matchers/glob'
import { stepsOf } from '../presets/claim-of'
import { changedFacts } from '../presets/job-facts'
import type { Preset } from '../presets/preset'
import { claimsOf, putClaim } from '../presets/sample-claims'
import { type FactValues, literal, print } from '../presets/template'
import { acceptsClaims } from './accepts'
import { composedTemplates } from './composed'
import { expressionLanguage, expressionMachine } from './expression-machine'
import { type Solution, solutionsOf } from './fact-search'
import { acceptsToken, type ClaimPolicy } from './judge-claims'
import { textsLanguage } from './language'
import type { Machine } from './machine'
import { findText, hasText } from './search'
import { composedShape, type Shape } from './shapes'
import { constraintsOf, type Demand } from './trust-constraints'

/** A trust and what is known of its issuer. */
export type Model = ClaimPolicy & {
  preset: Preset
  demands: readonly Demand[]
  shapes: readonly Shape[]
}

/** A token that the issuer may send and the trust accepts. */
export type AcceptedJob = { facts: FactValues; claims: JsonObject; shape: Shape }

export type JobQuestion = {
  /** Facts that tokens must have, and that no rule may spell out. Null = no token of this shape is asked for. */
  freeIn(shape: Shape): readonly string[] | null
  /** Values that facts must not have. */
  not: FactValues
  /** Facts that must not have a path below that value either, nor any other path that begins with the same segment. */
  notBelow?: ReadonlySet<string>
  /** Values that facts must have. */
  exactly?: FactValues
  /** Values to prefer for a fact, best first. */
  prefer(name: string, shape: Shape): readonly string[]
}

/** A token is tried this often before its shape is given up. */
const triesMax = 20

/**
 * Returns a token that the trust accepts and that a question asks for, or null. Null means that the issuer sends none, unless
 * `work.isSpent` is set. The engine has judged what is returned.
 */
export function findJob(model: Model, question: JobQuestion, work: Work): AcceptedJob | null {
  let isDoubtful = false
  for (const { shape, free } of shapesToTry(model, question, work)) {
    const found = findInShape(model, shape, { ...question, free }, work)
    if (found === 'doubtful') isDoubtful = true
    else if (found !== null) return found
    if (work.isSpent) return null
  }
  if (isDoubtful) work.isSpent = true
  return null
}

type Try = { shape: Shape; free: ReadonlySet<string> }

/** The shapes that a question is about, then those whose subjects are composed. */
function* shapesToTry(model: Model, question: JobQuestion, work: Work): Generator<Try> {
  const tries = model.shapes.flatMap((shape): Try[] => {
    const free = question.freeIn(shape)
    return free === null ? [] : [{ shape, free: new Set(free) }]
  })
  yield* tries
  const subject = model.demands.find(({ path }) => path === 'sub')
  if (!subject || model.preset.subjectParts.length === 0) return
  const variants = new Set(tries.map(({ shape }) => shape.variant))
  for (const variant of variants) {
    const first = tries.find(({ shape }) => shape.variant === variant)
    if (first) yield* composedTries(model, question, subject, first, work)
  }
}

function* composedTries(
  model: Model,
  question: JobQuestion,
  subject: Demand,
  { shape, free }: Try,
  work: Work,
): Generator<Try> {
  const { preset, issuer, demands } = model
  const others = demands.filter((demand) => demand !== subject)
  const constraints = constraintsOf(others, issuer, shape, preset, work)
  if (!constraints) return
  const facts = { domainOf: domainsOf(model, shape, question), free }
  for (const known of solutionsOf({ ...facts, constraints }, work)) {
    for (const template of composedTemplates(preset, subject.machines, facts, known, work)) {
      yield { shape: composedShape(preset, shape, template), free }
    }
  }
}

type ShapeQuestion = JobQuestion & { free: ReadonlySet<string> }

function findInShape(model: Model, shape: Shape, question: ShapeQuestion, work: Work): AcceptedJob | 'doubtful' | null {
  const { preset, demands, issuer } = model
  const constraints = constraintsOf(demands, issuer, shape, preset, work)
  if (!constraints) return null
  const domainOf = domainsOf(model, shape, question)
  let tries = 0
  for (const solution of solutionsOf({ constraints, domainOf, free: question.free }, work)) {
    const facts = chooseFacts(model, shape, solution, question, domainOf, work)
    // Without facts a fact of no rule has no value left, as in a form of subject that implies it.
    if (!facts) continue
    const job = toAccepted(model, shape, facts)
    if (job) return job
    if (++tries >= triesMax) return 'doubtful'
  }
  return tries > 0 ? 'doubtful' : null
}

/** The sets of values of each fact in tokens of a shape. */
function domainsOf(
  { preset }: Model,
  shape: Shape,
  { not, notBelow, exactly = {} }: JobQuestion,
): (name: string) => Machine[] {
  const known = new Map<string, Machine[]>()
  const without = (texts: readonly string[]) => textsLanguage(texts)?.others ?? nothing
  const only = (texts: readonly string[]) => textsLanguage(texts)?.texts ?? nothing
  return (name) => {
    const before = known.get(name)
    if (before) return before
    const values = preset.claims.flatMap((claim) =>
      claim.from === `{${name}}` && claim.values ? [only(claim.values)] : [],
    )
    const [excluded, condition, exact] = [not[name], shape.only.get(name), exactly[name]]
    const domain = [
      expressionMachine(preset.facts[name]?.pattern ?? '') ?? nothing,
      ...values,
      ...(condition ? [only(condition)] : []),
      ...(exact === undefined ? [] : [only([exact])]),
      ...(excluded !== undefined && notBelow?.has(name) ? [outside(excluded)] : []),
      ...[...(shape.never.get(name) ?? []), ...(excluded === undefined ? [] : [excluded])].map((text) =>
        without([text]),
      ),
    ]
    known.set(name, domain)
    return domain
  }
}

/** All texts but paths with the same first segment. */
const outside = (path: string) =>
  expressionLanguage(`${literal(path.split('/')[0] ?? '')}(?:/[^]*)?`)?.others ?? nothing

const nothing: Machine = { start: 0, moves: () => [], isEnd: () => false }

/** Values for all facts of a shape; null when one has none. Facts that no rule is about follow from the others, or from the shape. */
function chooseFacts(
  { preset }: Model,
  shape: Shape,
  solution: Solution,
  question: ShapeQuestion,
  domainOf: (name: string) => Machine[],
  work: Work,
): FactValues | null {
  const chosen: Record<string, string> = {}
  const asked = new Set([...solution.keys(), ...question.free, ...Object.keys(question.exactly ?? {})])
  for (const name of asked) {
    if (!solution.has(name) && !Object.hasOwn(shape.facts, name)) continue
    const machines = [...domainOf(name), ...(solution.get(name) ?? [])]
    const liked = question.prefer(name, shape).find((text) => machines.every((machine) => hasText(machine, text, work)))
    const value = liked ?? findText(machines, work)
    if (value === null) return null
    chosen[name] = value
  }
  return changedFacts(preset, shape.facts, chosen)
}

/** The token of a job, if the trust accepts it. */
export function toAccepted(model: Model, shape: Shape, facts: FactValues): AcceptedJob | null {
  const { preset, issuer, rules } = model
  const text = shape.format && print(shape.format.template, facts, shape.format.escape)
  const iss = print(shape.variant.template, facts)
  if (iss === null || (issuer !== null && iss !== issuer) || (shape.format && text === null)) return null
  const subject = shape.format && text !== null ? { format: shape.format, text } : null
  const claims = claimsOf(preset, { issuer: iss, subject, facts }, { now: 0 })
  for (const demand of model.demands) {
    if (demand.value !== null) putClaim(claims, demand.claim ? stepsOf(demand.claim) : [demand.path], demand.value)
    else if (demand.isAbsentAccepted && demand.claim?.from === undefined) dropUnmet(claims, demand)
  }
  return acceptsToken({ issuer, rules }, claims) ? { facts, claims, shape } : null
}

/** Leaves out a claim that rules do not accept and that need not be there. */
function dropUnmet(claims: JsonObject, { path, rules }: Demand) {
  const isMet = findClaim(claims, path) === undefined || acceptsClaims(rules, claims, newWork()) === true
  if (!isMet) delete claims[path]
}
