import type { FilmRendition } from '../sources.ts';

/** The master playlist (RFC 8216, section 4.3.4): what a player may choose from, the best first. */
export const masterPlaylist = (renditions: readonly FilmRendition[]): string => {
  const entries = renditions.flatMap(({ name, bandwidth, codecs, width, height }) => [
    `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth},CODECS="${codecs}",RESOLUTION=${width}x${height}`,
    `${name}.m3u8`,
  ]);
  return ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...entries, ''].join('\n');
};

const SEGMENT = /#EXTINF:([\d.]+),[^\n]*\n#EXT-X-BYTERANGE:(\d+)/g;

/**
 * The most that a segment takes, in bits a second.
 *
 * @param playlist of one rendition, whose segments are byte ranges
 * @throws Error where it has none
 */
export const peakBandwidth = (playlist: string): number => {
  const rates = [...playlist.matchAll(SEGMENT)].map(
    ([, seconds, bytes]) => (8 * Number(bytes)) / Number(seconds),
  );
  if (rates.length === 0) throw new Error('The playlist has no segments.');
  return Math.ceil(Math.max(...rates));
};
