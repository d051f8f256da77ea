'use client'

import { ChevronRight, Link2, Lock } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { CodeBlock } from '@/components/ui/code-block'
import { curlExample } from './curl-example'
import { FieldTable } from './field-table'
import type { Schema } from './json-schema'
import type { AnswerView, OperationView, PayloadView } from './operation-view'
import { Prose } from './prose'

/** One operation: a line that expands to its details. */
export function OperationItem({ document, operation }: { document: Schema; operation: OperationView }) {
  // Details are rendered when first opened: a hundred at once would be slow.
  const [opened, setOpened] = useState(false)
  return (
    <li>
      <details
        id={operation.anchor}
        className="group/operation"
        onToggle={(event) => {
          if (event.currentTarget.open) setOpened(true)
        }}
      >
        <summary className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2 hover:bg-muted focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-muted-foreground transition-transform group-open/operation:rotate-90"
          />
          <Badge
            icon={null}
            tone={operation.method === 'DELETE' ? 'refused' : 'neutral'}
            className="w-16 justify-center font-mono"
          >
            {operation.method}
          </Badge>
          <code className="min-w-0 break-all text-compact max-md:ml-7 max-md:w-full">{operation.path}</code>
          <span className="ml-auto text-compact text-muted-foreground max-md:ml-7 max-md:w-full">
            {operation.summary}
          </span>
        </summary>
        {opened && <Details document={document} operation={operation} />}
      </details>
    </li>
  )
}

function Details({ document, operation }: { document: Schema; operation: OperationView }) {
  return (
    <div className="grid gap-5 border-t bg-background/60 px-4 py-4 lg:pl-11">
      <div className="grid gap-1.5">
        {operation.description && (
          <p className="max-w-prose">
            <Prose text={operation.description} />
          </p>
        )}
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-compact text-muted-foreground">
          <span className="inline-flex items-center gap-1.5">
            <Lock aria-hidden className="size-3.5" />
            {operation.needsSignIn ? 'Needs an access token or a dashboard session' : 'Needs no sign-in'}
          </span>
          <a
            href={`#${operation.anchor}`}
            className="inline-flex items-center gap-1.5 rounded-sm text-accent-text hover:underline"
          >
            <Link2 aria-hidden className="size-3.5" />
            Link to this operation
          </a>
        </p>
      </div>
      {operation.parameters.length > 0 && (
        <Part title="Parameters">
          <FieldTable caption={`Parameters of ${operation.summary}`} rows={operation.parameters} sent />
        </Part>
      )}
      {operation.bodies.map((body) => (
        <Part key={body.mediaType} title="Body" aside={body.mediaType}>
          <Payload payload={body} caption={`Body of ${operation.summary}, as ${body.mediaType}`} sent />
        </Part>
      ))}
      {operation.answers.map((answer) => (
        <Part key={answer.status} title={`Answer ${answer.status}`} aside={<Prose text={answer.description} />}>
          {answer.payload && (
            <Payload payload={answer.payload} caption={`Answer ${answer.status} of ${operation.summary}`} />
          )}
        </Part>
      ))}
      {operation.errors.length > 0 && <Errors answers={operation.errors} summary={operation.summary} />}
      <Part title="Example">
        <CodeBlock code={curlExample(document, operation, window.location.origin)} label="curl example" wrap />
      </Part>
    </div>
  )
}

/** All errors of an operation have the same schema, so it is shown once. */
function Errors({ answers, summary }: { answers: readonly AnswerView[]; summary: string }) {
  const payload = answers.find((answer) => answer.payload)?.payload
  return (
    <Part title="Errors">
      <ul className="grid gap-1 text-compact">
        {answers.map(({ status, description }) => (
          <li key={status} className="flex gap-3">
            <code className="shrink-0">{status}</code>
            <span className="text-muted-foreground">
              <Prose text={description} />
            </span>
          </li>
        ))}
      </ul>
      {payload && (
        <details className="mt-2">
          <summary className="w-fit rounded-sm text-compact text-muted-foreground hover:text-foreground">
            Form of an error
          </summary>
          <div className="mt-2">
            <Payload payload={payload} caption={`Errors of ${summary}`} />
          </div>
        </details>
      )}
    </Part>
  )
}

function Payload({ payload, caption, sent = false }: { payload: PayloadView; caption: string; sent?: boolean }) {
  if (payload.rows.length > 0) return <FieldTable caption={caption} rows={payload.rows} sent={sent} />
  return <code className="text-compact">{payload.type}</code>
}

function Part({ title, aside, children }: { title: string; aside?: ReactNode; children?: ReactNode }) {
  return (
    <section className="grid min-w-0 gap-1.5">
      <h3 className="font-medium">
        {title}
        {aside && <span className="ml-2 font-normal text-compact text-muted-foreground">{aside}</span>}
      </h3>
      {children}
    </section>
  )
}
