// Fills an empty database with a realistic organization. `npm run demo` names the database in DATABASE_URL and has made
// its tables; the same content every time, but for ids and keys.
import { connect } from '@/lib/db/client'
import { env } from '@/lib/env'
import { ciMachines, githubIssuer } from './demo/ci-machines'
import { collector, writeRows } from './demo/context'
import { freezeMobile, oddLogins, plantCanary } from './demo/custody'
import { type Enrolled, enrol, settleTimes, smallActs } from './demo/history'
import { incidents } from './demo/incidents'
import { makeKey } from './demo/issuer'
import { keySourceHistory } from './demo/key-sources'
import { type Attempt, attemptOf, judge, useTokens } from './demo/logins'
import { otherMachines } from './demo/other-machines'
import { hirePeople, signIns } from './demo/people'
import { postureDays } from './demo/posture-days'
import { printWelcome } from './demo/print-welcome'
import { seededRandom } from './demo/random'
import { momentsOf } from './demo/rhythm'
import { standaloneTrusts } from './demo/standalone-trusts'
import { subjectMachines } from './demo/subject-machines'
import { workloadMachines } from './demo/workload-machines'

const dayMs = 24 * 3600 * 1000
const now = new Date()
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs)
const random = seededRandom(20_261_121)
const db = connect(env().DATABASE_URL)

try {
  await fill()
} finally {
  await db.$disconnect()
}

async function fill() {
  console.log('Filling a throwaway database with three months of a made-up organization …')
  const people = await hirePeople(db, daysAgo)
  const github = await githubIssuer()
  const [{ deployer, partner, cron }, ci, workloads, stranger] = await Promise.all([
    otherMachines(),
    ciMachines(github),
    workloadMachines(),
    makeKey('ES256'),
  ])
  const enrolled: Enrolled[] = []
  for (const machine of [deployer, ...ci, ...subjectMachines(github), ...workloads, partner, cron]) {
    enrolled.push(await enrol(machine, people, daysAgo))
  }
  const standalone = await standaloneTrusts(people, daysAgo)
  await smallActs(people, enrolled, daysAgo)
  const named = (name: string) => {
    const found = enrolled.find(({ identity }) => identity.name === name)
    if (!found) throw new Error(`the demo has no machine called ${name}`)
    return found
  }

  const scene = { named, daysAgo, random, stranger }
  const attempts: Attempt[] = await incidents(scene)
  attempts.push(...(await oddLogins(scene)), await freezeMobile(scene, people))
  await plantCanary(people, daysAgo)
  for (const who of enrolled) {
    const since = daysAgo(who.machine.createdDaysAgo - 0.1)
    const moments = momentsOf(who.machine.rhythm, since, now, random)
    const days = (at: Date) => (now.getTime() - at.getTime()) / dayMs
    const made = moments.map((at) => attemptOf(who, at, { random, daysAgo: days(at), stranger }))
    attempts.push(...(await Promise.all(made)))
  }

  const rows = collector()
  const lastLogins = new Map<string, Date>()
  attempts.sort((one, other) => one.at.getTime() - other.at.getTime())
  const outcomes = await Promise.all(attempts.map((attempt) => judge(rows, people, attempt)))
  for (const [index, { who, at }] of attempts.entries()) {
    if (outcomes[index]?.accepted) lastLogins.set(who.identity.id, at)
  }
  await useTokens(rows, people, enrolled, random, now)
  const days = Array.from({ length: 90 }, (_, day) => daysAgo(90 - day)).filter(
    (day) => ![0, 6].includes(day.getUTCDay()),
  )
  await signIns(rows, people, days.map(startOfDay), random)
  await writeRows(env().DATABASE_URL, rows)
  await settleTimes(db, enrolled, lastLogins)
  await postureDays(db, people.organizationId, { enrolled, standalone, daysAgo })
  await keySourceHistory(db, enrolled, standalone, { daysAgo, now, lastLogins })
  await printWelcome({ deployer: named('payments-deployer'), decisions: rows.decisions.length, now })
}

function startOfDay(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / dayMs) * dayMs)
}
