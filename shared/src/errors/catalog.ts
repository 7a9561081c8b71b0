/** The texts for one kind of failure. `docs/guide/errors.md` is generated from them. */
export interface ErrorEntry {
  /** One sentence: the meaning of the code. */
  readonly summary: string;
  /** One sentence: what the reader of the message can do about it. */
  readonly remedy: string;
  /** Process exit code of a command that ends with this error: 1 failed, 2 bad usage or configuration. */
  readonly exitCode: 1 | 2;
}

const failure = (summary: string, remedy: string): ErrorEntry => ({ summary, remedy, exitCode: 1 });
const misuse = (summary: string, remedy: string): ErrorEntry => ({ summary, remedy, exitCode: 2 });

/** All error codes of Inkcast, in the order of the data flow. Codes are stable, because scripts may match them. */
export const ERROR_CATALOG = {
  // Commands and configuration
  INK_USAGE: misuse('The command line was not understood.', 'Run the command with --help to see its options.'),
  INK_OUTPUT_LOST: failure(
    'The output of a command cannot be written.',
    'Check where standard output goes: the free space of its disk, or the reason in the message.',
  ),
  INK_CONFIG_UNREADABLE: misuse('The configuration file cannot be read.', 'Check the path and its permissions.'),
  INK_CONFIG_INVALID: misuse(
    'A configuration value is not allowed.',
    'Correct the named key; docs/guide/configuration.md lists every key with its allowed values.',
  ),
  INK_DIGITS_NEEDED: misuse(
    'A setting is for digits, and the model reads other classes.',
    'Remove the rules and expected forms (reading.rules, reading.expect, and those of regions), or use a model of digits.',
  ),
  INK_CONFIG_EXISTS: misuse(
    'There is a configuration already, and inkcast setup does not replace it without being asked to.',
    'Add --force to replace it; a backup is kept. Or name another file with --config.',
  ),
  INK_CONFIG_NO_FILE: misuse(
    'There is no configuration file to save settings to.',
    'Name one with --config or INKCAST_CONFIG; inkcast setup writes one.',
  ),
  INK_CONFIG_CHANGED: failure(
    'The configuration file was changed meanwhile, so nothing was written.',
    'Load the settings again, look at what has changed, and save once more.',
  ),
  INK_CONFIG_UNEDITABLE: failure(
    'The form of the configuration file does not allow to change a single key.',
    'Change the key in the file by hand.',
  ),
  INK_CONFIG_NO_VERSION: misuse(
    'There is no earlier version of the configuration with that number.',
    'Run inkcast config versions to list them.',
  ),
  INK_OUT_OF_MEMORY: failure(
    'There is not enough memory for this task.',
    'Use smaller batches, models or pictures, or give the machine more memory.',
  ),
  INK_SYSTEM_REFUSED: failure('The operating system refuses a necessary operation.', 'See the reason in the message.'),
  INK_INTERNAL: failure('An unexpected error occurred.', 'Please report it with the whole message.'),

  // Data
  INK_DATASET_MISSING: failure('A data set file is missing.', 'Run npm run setup, or check the folder named.'),
  INK_DATASET_HASH: failure(
    'A data set file is not the original one.',
    'Reinstall it with npm ci; a file that was changed is refused so that figures stay comparable.',
  ),
  INK_DATASET_INVALID: failure('A data set cannot be used.', 'See the reason in the message.'),
  INK_IDX_INVALID: failure('A file is not a valid IDX file.', 'Check that it is unpacked and was copied completely.'),
  INK_IMAGE_UNREADABLE: failure(
    'A picture cannot be decoded.',
    'Check that the file is a complete JPEG, PNG, WebP, AVIF or TIFF picture; convert other formats, such as HEIC.',
  ),
  INK_FILE_UNREADABLE: failure('A file cannot be read.', 'Check the path and its permissions.'),
  INK_FILE_UNWRITABLE: failure('A file cannot be written.', 'Check the free space and the permissions.'),

  // Models and training
  INK_RECIPE_INVALID: misuse(
    'A recipe is not well formed.',
    'Correct the named key; docs/guide/train.md lists every key with its allowed values.',
  ),
  INK_RUN_MISSING: failure('There is no training run there.', 'Give the run folder that inkcast-train train made.'),
  INK_MODEL_UNKNOWN: misuse('There is no model of that name.', 'Run inkcast-train models to list them.'),
  INK_GRAPH_INVALID: failure('A network is not well formed.', 'Correct the layer that the message names.'),
  INK_BATCH_INVALID: failure('A batch of pictures does not fit the network.', 'See the reason in the message.'),
  INK_CHECKPOINT_INVALID: failure('A checkpoint is damaged or of another network.', 'Use an older checkpoint.'),
  INK_TRAINING_DIVERGED: failure(
    'Training produced a value that is not a number.',
    'Lower the learning rate, or clip gradients.',
  ),
  INK_NOTHING_LEARNED: failure(
    'A trained network is no better than chance.',
    'Lower the learning rate, train for longer, and look at the data with inkcast-train data preview.',
  ),
  INK_ENGINE_FAILED: failure('A worker of the training engine failed.', 'See the cause in the message.'),
  INK_QUANTIZE_FAILED: failure('A network cannot be quantized.', 'See the layer and the reason in the message.'),
  INK_CONVERT_UNSUPPORTED: failure(
    'A model of another program holds a layer or a setting that Inkcast does not have.',
    'Change the layer that the message names and train again; docs/guide/convert.md lists what can be converted.',
  ),
  INK_CONVERT_INVALID: failure(
    'A model of another program is damaged or incomplete.',
    'Copy the file again; a model.json needs every weight file beside it.',
  ),
  INK_VERIFY_FAILED: failure(
    'A model computes wrong values, or breaks a rule of the Edge TPU.',
    'See the figures and rules that the command printed.',
  ),
  INK_TFLITE_UNSUPPORTED: failure(
    'A network holds something that Inkcast cannot write to or read from a .tflite file.',
    'See the message.',
  ),
  INK_TFLITE_INVALID: failure('A file is not a usable TensorFlow Lite model.', 'Use another model file.'),

  // Bundles and inference
  INK_BUNDLE_MISSING: failure('There is no model bundle there.', 'Give the folder that holds manifest.json.'),
  INK_BUNDLE_INVALID: failure('A model bundle does not match its manifest.', 'Install the bundle again.'),
  INK_REPLAY_MISSING: failure(
    'A model bundle has no replay set, without which a model that learns something new forgets what it knew.',
    'Use the bundle that ships, or add a set with npm run lab -- replay.',
  ),
  INK_LEARNING_TOO_FEW: failure('There are too few labels to learn from.', 'Label more crops, and learn again.'),
  INK_LEARNING_ENDED: failure(
    'The learning process ended without a result.',
    'See the reason in the message; the system may have stopped it for lack of memory.',
  ),
  INK_TFLITE_LIBRARY: failure(
    'The TensorFlow Lite library cannot be loaded.',
    'Run npm ci, or name another libtensorflowlite_c.so in the option.',
  ),
  INK_TFLITE_INTERPRETER: failure('TensorFlow Lite refused to run a model.', 'See the reason in the message.'),

  INK_CORAL_LIBRARY: failure(
    "Google's Edge TPU library cannot be used.",
    'Install libedgetpu1-std (docs/guide/back-ends.md), or set inference.backEnd to auto.',
  ),
  INK_CORAL_FAILED: failure(
    'The Coral accelerator does not run the model.',
    'See the reason in the message, and docs/guide/back-ends.md.',
  ),

  // Camera and vision
  INK_CAMERA_FAILED: failure(
    'The camera delivers no frames.',
    'Check that it is connected and switched on, that no other program uses it, and what docs/guide/cameras.md says of its kind.',
  ),
  INK_CAMERA_MISSING: misuse(
    'No camera is configured, so nothing is read.',
    'Go through the first steps on the page, or run inkcast setup.',
  ),
  INK_CAMERA_PROGRAM: failure(
    'A program that the camera needs is missing.',
    'Install the package that the message names, or choose another camera source.',
  ),
  INK_CAMERA_SILENT: failure(
    'The camera runs but has delivered no frame for too long.',
    'Inkcast restarts it; if this recurs, check cable, power and network.',
  ),
  INK_CAMERA_FROZEN: failure(
    'The camera delivers the same picture again and again.',
    'Inkcast restarts it; set camera.frozenAfterMs to 0 for a source whose picture may stay the same.',
  ),
  INK_CAMERA_SLOWED: failure('The camera cannot deliver the configured number of frames.', 'Lower camera.rate.'),
  INK_CAMERA_TORN: failure(
    'The rows of a picture are sheared: each begins a few pixels too early or too late.',
    'Choose another picture size.',
  ),
  INK_READING_REFUSED: failure(
    'A reading breaks a rule of the configuration.',
    'Look at what the camera sees, or change reading.rules.',
  ),
  INK_VIEW_MOVED: failure(
    'The camera sees its scene from elsewhere than when the reference picture was taken.',
    'Put the camera back as it was, or see that all regions are right and take a new reference picture.',
  ),
  INK_VIEW_LOST: failure(
    'The camera does not see what the reference picture shows.',
    'Look for what covers the camera or turned it away; if the view is meant to be another one, take a new reference picture.',
  ),
  INK_VISION_FAILED: failure('OpenCV failed.', 'Please report it with the picture.'),

  INK_PIPELINE_STUCK: failure(
    'Frames are no longer processed.',
    'Look at the disk and the accelerator, and report what the log says before this; as a service it is restarted.',
  ),

  INK_STOP_LATE: failure(
    'The daemon took too long to stop.',
    'No action is needed: it has ended, and unsent events are kept. The earlier lines of the log may show the cause.',
  ),

  // Storage
  INK_STORAGE_UNAVAILABLE: failure(
    'Events cannot be written to the disk: they are kept in memory, and a crash would lose them.',
    'Free some space, or check that the storage folder can be written; Inkcast keeps trying.',
  ),
  INK_STORAGE_DAMAGED: failure(
    'The database was damaged and a new one was begun.',
    'Its content is kept in the named file. Check the SD card or disk.',
  ),
  INK_STORAGE_LOST: failure(
    'The database was deleted while the daemon ran.',
    'Keep other programs out of the storage folder; models that were installed there must be installed again.',
  ),
  INK_STORAGE_NEWER: failure(
    'A newer Inkcast has written the database.',
    'Update Inkcast, or move the database away; until then events are kept in memory.',
  ),
  INK_STORAGE_TAKEN: failure(
    'Another daemon uses the same storage folder.',
    'Stop the other daemon, or give each its own storage.folder.',
  ),
  INK_EVENTS_DROPPED: failure(
    'Events were dropped before the broker had them.',
    'See the counts in the message; storage.queue.maxMegabytes and storage.queue.maxAgeDays say how much is kept.',
  ),
  INK_EVENTS_REFUSED: failure(
    'The broker permanently refused events, which were set aside so that later ones could be sent.',
    'See the reason in the message; their readings are in the history (inkcast history).',
  ),
  INK_HISTORY_MISSING: failure('There is no history of readings there.', 'Name the folder in which the daemon stores.'),
  INK_HISTORY_UNREADABLE: failure(
    'The history of readings cannot be read.',
    'Run the command as the user that the daemon runs as, and see the reason in the message.',
  ),

  // MQTT
  INK_MQTT_CONNECT: failure('The MQTT broker cannot be reached.', 'Check the address, and that the broker runs.'),
  INK_MQTT_NOT_A_BROKER: failure(
    'The service at the address of the MQTT broker does not speak MQTT.',
    'Check host and port; MQTT is usually at 1883, with TLS at 8883.',
  ),
  INK_MQTT_UNTRUSTED: failure(
    "The MQTT broker's certificate is not signed by a trusted authority.",
    "Name the authority's certificate in mqtt.tls.ca.",
  ),
  INK_MQTT_EXPIRED: failure(
    "The MQTT broker's certificate is out of date.",
    "Renew the broker's certificate, or set this machine's clock.",
  ),
  INK_MQTT_NAME: failure(
    "The MQTT broker's certificate is for another name.",
    'Use the name in the certificate as the address, or set mqtt.tls.serverName to it.',
  ),
  INK_MQTT_CERTIFICATE: failure(
    'The MQTT broker refuses our certificate, or requires one.',
    'Check mqtt.tls.certificate and mqtt.tls.key, and that the broker trusts their authority.',
  ),
  INK_MQTT_CREDENTIALS: failure(
    'The MQTT broker refuses user or password.',
    'Check mqtt.username and the password, and that the broker accepts this user.',
  ),
  INK_MQTT_SECRET: failure(
    'A password, certificate or key for MQTT cannot be used.',
    'Check the path, its permissions and its content.',
  ),
  INK_MQTT_REFUSED: failure('The MQTT broker refused the connection.', 'See the reason in the message.'),
  INK_MQTT_VERSION: failure(
    'The MQTT broker does not support the configured version, so another one is used.',
    'Set mqtt.version to the one in the message.',
  ),
  INK_MQTT_NO_RETAIN: failure(
    'The MQTT broker does not retain messages; states are sent without being retained.',
    'Allow retained messages at the broker, or set mqtt.retain: false to live with it.',
  ),
  INK_MQTT_NO_QOS: failure(
    'The MQTT broker does not offer quality of service 1; messages may be lost on their way.',
    'Allow it at the broker, or set mqtt.qos: 0 to live with it.',
  ),
  INK_MQTT_CLIENT_ID: failure(
    'Two clients use the same client id, and disconnect each other.',
    'Give every device a name of its own (device.name), or set mqtt.clientId.',
  ),
  INK_MQTT_LOST: failure(
    'The connection to the MQTT broker was lost.',
    'No action is needed: Inkcast reconnects, and unsent events are kept.',
  ),
  INK_MQTT_UNACKNOWLEDGED: failure(
    'The MQTT broker answers, but no longer acknowledges; events are kept in order until it does.',
    'Look for the cause in the broker: its log, its disk, its extensions; restarting it often helps.',
  ),
  INK_MQTT_FORBIDDEN: failure(
    'The MQTT broker does not allow this user to use a topic.',
    "Allow the topic in the broker's access list; docs/guide/mqtt.md lists them all.",
  ),
  INK_MQTT_PUBLISH: failure('The MQTT broker refused a message or a subscription.', 'See the reason in the message.'),

  // Fleet
  INK_FLEET_SILENT: failure('A device does not answer.', 'Check that it is on and online: inkcast fleet list.'),
  INK_FLEET_REFUSED: failure('A device refused a request.', 'See its own reason in the message.'),
  INK_FLEET_MESSAGE: failure(
    'A device sent a message in an unknown form.',
    'Check that the device and this command are of the same version.',
  ),
  INK_ROLLOUT_STOPPED: failure(
    'A rollout was stopped because a device failed.',
    'Look at the named devices; all later ones keep their model, and a new rollout can continue.',
  ),

  // Service
  INK_DAEMON_ENDED: failure(
    'A daemon that is measured ended before there was anything to measure.',
    'See what it wrote before; environment variables INKCAST_... hold for it, too.',
  ),
  INK_SERVICE_NOTIFY: failure(
    'The state of the daemon cannot be reported to systemd.',
    'Run the daemon by the unit that ships with Inkcast, or without NOTIFY_SOCKET in its environment.',
  ),

  // Requests
  INK_REQUEST_INVALID: failure('A request is invalid.', 'See docs/guide/mqtt.md for what each verb takes.'),
  INK_REQUEST_LIMIT: failure(
    'A request is too large, or there were too many requests.',
    'Send fewer or smaller requests.',
  ),
  INK_SNAPSHOT_MISSING: failure('There is no frame to show yet.', 'Wait until the camera delivers frames.'),
  INK_BUNDLE_FETCH: failure('A model bundle cannot be downloaded.', 'Check the address from the device itself.'),

  // The page
  INK_WEB_LISTEN: failure(
    'The page cannot be served at the address and port that are set.',
    'Free the port, or set web.port or web.address to another one; readings go on without the page.',
  ),
  INK_WEB_CERTIFICATE: failure(
    'The certificate or key of the page cannot be used.',
    'Check web.tls.certificate and web.tls.key: PEM files that belong together, and that the daemon may read.',
  ),
  INK_WEB_NO_USERS: failure(
    'The page can be reached from other machines, and there is no user yet: nothing is shown.',
    'Run inkcast user add NAME --role admin as the user that the daemon runs as.',
  ),
  INK_WEB_LOGIN: failure(
    'A request came without a valid login or token.',
    'Log in, or send a token that inkcast user token NAME made.',
  ),
  INK_WEB_LOGIN_WRONG: failure(
    'User or password are wrong.',
    'Try again; inkcast user password NAME sets another password.',
  ),
  INK_WEB_LOGIN_LIMIT: failure(
    'There were too many attempts to log in.',
    'Wait as long as the message says; a token and a session that is logged in work all the same.',
  ),
  INK_WEB_ROLE: failure("The user's role does not allow this.", 'Log in as a user with the role admin.'),
  INK_WEB_HOST: failure(
    'The page was asked for by a name that is not known for it.',
    'Use its address, or add the name to web.hosts.',
  ),
  INK_WEB_ORIGIN: failure(
    'A page of another origin made the request, or it lacks the token of its session.',
    'Use the page that the device itself serves; programs send a token of inkcast user token NAME.',
  ),
  INK_WEB_NOT_FOUND: failure('There is nothing at this address of the page.', 'See api/docs for what there is.'),
  INK_TEACHING_OFF: failure(
    'The device keeps no crops, since teaching is switched off.',
    'Set teaching.enabled to true, in the settings of the page or in the configuration file.',
  ),
  INK_TEACHING_PRIVATE: failure(
    'The device keeps its labels to itself.',
    "Set teaching.share to true in the device's configuration file, and restart it.",
  ),
  INK_TEACHING_FULL: failure(
    'There are more labels than are kept.',
    'Export them, delete them all, and import those that are to be learned from.',
  ),
  INK_CROP_MISSING: failure(
    'A crop is not there any more.',
    'Load the crops again: it was too old, or others took its place.',
  ),
  INK_LEARNING_UNAVAILABLE: failure(
    'The part of Inkcast that learns is not installed.',
    'Install Inkcast as a whole: its package, or the repository with npm run setup.',
  ),
  INK_LEARNING_RUNNING: failure('The device is learning already.', 'Wait until it is done, or cancel it.'),
  INK_LEARNING_INTERRUPTED: failure(
    'Inkcast ended while it learned, so that nothing came of it.',
    'Begin to learn again; the labels are all there.',
  ),
  INK_CANDIDATE_MISSING: failure('There is no model to swap.', 'Learn from the labels first.'),
  INK_CANDIDATE_REFUSED: failure(
    'What was learned may not be used, since it is no better than the model in use.',
    'Label more crops, look once more at those that the model contradicts, and learn again.',
  ),
  INK_RESTART_UNSUPERVISED: failure(
    'The daemon cannot restart, because no service manager would start it again.',
    'Run it by the unit that ships with Inkcast, or stop it and start it by hand.',
  ),
  INK_RESTART_ASKED: failure(
    'The daemon ended because somebody asked for a restart.',
    'No action is needed: the service manager starts it again.',
  ),
  INK_USER_EXISTS: misuse('There is a user of that name already.', 'Use inkcast user password to change the password.'),
  INK_USER_UNKNOWN: misuse('There is no user of that name.', 'Run inkcast user list to see them.'),
  INK_USERS_INVALID: failure(
    'The file of users cannot be read or is damaged.',
    'Check its permissions, or delete it and add the users again; nobody can log in until then.',
  ),
} as const satisfies Record<`INK_${string}`, ErrorEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOG;
