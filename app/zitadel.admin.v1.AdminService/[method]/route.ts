import { adminService } from '@/lib/apis/zitadel/idps/admin-service'
import { grpcWeb } from '@/lib/server/grpc-web'

export const POST = grpcWeb(adminService)
