'use client'

import type { ReactNode } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { onDemand } from '@/components/ui/on-demand'
import { CardSkeleton } from '@/components/ui/skeleton'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { MemberList } from './member-list'

// Each is loaded with its tab.
const waiting = <CardSkeleton lines={6} />
const PeopleAccess = onDemand(() => import('./people-access').then((module) => module.PeopleAccess), waiting)
const Organization = onDemand(() => import('./organization').then((module) => module.Organization), waiting)
const Retention = onDemand(() => import('./retention').then((module) => module.Retention), waiting)
const About = onDemand(() => import('./about').then((module) => module.About), waiting)

const tabs = ['members', 'access', 'account', 'organization', 'retention', 'about'] as const

/** Settings: people, the signed-in person's account (passed in by the page), organization, retention, about. */
export function SettingsPage({ account }: { account: ReactNode }) {
  const url = useUrlParameters()
  return (
    <>
      <PageHeader title="Settings" />
      <Tabs
        value={tabs.find((tab) => tab === url.get('tab')) ?? 'members'}
        onValueChange={(tab) => url.set({ tab: tab === 'members' ? null : tab }, 'push')}
      >
        <TabsList aria-label="Settings">
          <TabsTrigger value="members">Members</TabsTrigger>
          <TabsTrigger value="access">Who can see what</TabsTrigger>
          <TabsTrigger value="account">Your account</TabsTrigger>
          <TabsTrigger value="organization">Organization</TabsTrigger>
          <TabsTrigger value="retention">Retention</TabsTrigger>
          <TabsTrigger value="about">About</TabsTrigger>
        </TabsList>
        <TabsContent value="members">
          <MemberList />
        </TabsContent>
        <TabsContent value="access">
          <PeopleAccess />
        </TabsContent>
        <TabsContent value="account">{account}</TabsContent>
        <TabsContent value="organization">
          <Organization />
        </TabsContent>
        <TabsContent value="retention">
          <Retention />
        </TabsContent>
        <TabsContent value="about">
          <About />
        </TabsContent>
      </Tabs>
    </>
  )
}
