import {
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputTrack,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
} from 'mediabunny';

/** What the container of a film tells. */
export interface FilmFacts {
  /** In pixels, turned as it is shown. */
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
  /** As RFC 6381 writes them, such as `avc1.64001f,mp4a.40.2`. */
  readonly codecs: string;
  /** Whether every browser plays it as it is: H.264, and AAC if it sounds at all. */
  readonly playsEverywhere: boolean;
}

/** What films come in. Playlists, which name other files, are not among them. */
export const CONTAINERS = [MP4, QTFF, MATROSKA, WEBM];

/** Reads a film's container, and its last pictures and sounds: a file that was cut off lacks them. */
export const readFilm = async (file: string): Promise<FilmFacts | 'no film' | 'damaged'> => {
  const input = new Input({ source: new FilePathSource(file), formats: CONTAINERS });
  try {
    if (!(await input.canRead())) return 'no film';
    return (await factsOf(input)) ?? 'no film';
  } catch {
    return 'damaged';
  } finally {
    input.dispose();
  }
};

const factsOf = async (input: Input): Promise<FilmFacts | null> => {
  const video = await input.getPrimaryVideoTrack();
  const audio = await input.getPrimaryAudioTrack();
  const coding = await video?.getCodec();
  if (video == null || coding == null) return null;
  const tracks = audio === null ? [video] : [video, audio];
  for (const track of tracks) await readEnd(track);
  const codecs = await Promise.all(tracks.map((track) => track.getCodecParameterString()));
  const sound = audio === null ? 'aac' : await audio.getCodec();
  return {
    width: await video.getDisplayWidth(),
    height: await video.getDisplayHeight(),
    durationSeconds: await input.computeDuration(tracks),
    codecs: codecs.filter((each) => each !== null).join(','),
    playsEverywhere: coding === 'avc' && sound === 'aac',
  };
};

/** @throws Error where the last packet is not there */
const readEnd = async (track: InputTrack): Promise<void> => {
  const packet = await new EncodedPacketSink(track).getPacket(Number.POSITIVE_INFINITY);
  if (packet === null || packet.data.byteLength === 0)
    throw new Error('The last packet is not there.');
};
