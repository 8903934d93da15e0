export { attachUploads } from './commands/attach-uploads'
export { sweepUploads } from './jobs/sweep-uploads'
export { uploadsRoutes } from './uploads.routes'
