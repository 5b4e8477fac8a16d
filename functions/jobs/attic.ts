import type { SupabaseClient } from '@supabase/supabase-js';
import type { Attic } from './orphans.ts';

/** Storage and its table of files. */
export const atticBy = (client: SupabaseClient): Attic => ({
  orphans: async () => {
    const { data, error } = await client.rpc('orphaned_files');
    if (error) throw error;
    return data;
  },
  remove: async (bucket, names) => {
    const { data, error } = await client.storage.from(bucket).remove(names);
    if (error) throw error;
    return data.length;
  },
});
