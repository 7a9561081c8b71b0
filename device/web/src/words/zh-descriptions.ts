/** What each key of the configuration is, by its English description. A test holds them against the schema. */
export const descriptions: Readonly<Record<string, string>> = {
  'Name of this device in MQTT topics': '本设备在 MQTT 主题中的名称',
  'Where frames come from': '画面的来源',
  'Where frames come from: a folder of pictures': '画面的来源：图片文件夹',
  'Where frames come from: a camera of the Raspberry Pi': '画面的来源：树莓派摄像头',
  'Where frames come from: photos of a Raspberry Pi camera on the old camera stack':
    '画面的来源：旧摄像头系统上树莓派摄像头的照片',
  'Where frames come from: a USB camera': '画面的来源：USB 摄像头',
  'Where frames come from: a network camera over HTTP': '画面的来源：HTTP 网络摄像头',
  'Where frames come from: a network camera over RTSP': '画面的来源：RTSP 网络摄像头',
  'Where frames come from: a video file': '画面的来源：视频文件',
  'Where frames come from: pictures that appear in a folder': '画面的来源：文件夹中出现的图片',
  'Folder of JPEG, PNG, WebP, AVIF or TIFF pictures, played in the order of their names':
    'JPEG、PNG、WebP、AVIF 或 TIFF 图片的文件夹，按名称顺序播放',
  'Whether to read pictures in sub-folders, at any depth': '是否读取各级子文件夹中的图片',
  'Pictures per second': '每秒图片数',
  'Frames per second; each picture is repeated for as many frames as fit its time':
    '每秒帧数；每张图片按其时间重复相应的帧数',
  'Begin again after the last picture; otherwise the daemon ends': '最后一张图片之后从头开始；否则守护进程结束',
  'Time without a frame after which the camera is restarted; 0 for never': '多久没有画面后重新启动摄像头；0 表示从不',
  'Time of the same picture, byte for byte, after which the camera is restarted; 0 for never':
    '画面逐字节相同多久后重新启动摄像头；0 表示从不',
  'Pixels; rounded up to a multiple of 128': '像素；向上取整到 128 的倍数',
  'Pixels; even; at least 64 are requested': '像素；偶数；至少请求 64',
  'Frames per second': '每秒帧数',
  'Number of the camera in rpicam-hello --list-cameras': '摄像头在 rpicam-hello --list-cameras 中的编号',
  'Rotation of frames in degrees': '画面旋转的角度',
  'Mirror left and right': '左右镜像',
  'Mirror top and bottom': '上下镜像',
  'Exposure time of each frame in microseconds, which may lower the rate; default: automatic':
    '每帧的曝光时间，单位微秒，可能降低帧率；默认：自动',
  'Analogue gain; default: automatic': '模拟增益；默认：自动',
  'Mode of automatic exposure': '自动曝光模式',
  'Let automatic exposure lower the rate in low light; this needs more of the processor in good light':
    '允许自动曝光在弱光下降低帧率；光线好时会占用更多处理器',
  'Exposure compensation in stops': '曝光补偿，单位为档',
  'When the lens is focused: never, once at the start, or all the time': '何时对焦：从不、启动时一次或持续',
  'Distances that autofocus tries': '自动对焦尝试的距离',
  'Focus in dioptres, 1 / metres; 0 is infinity': '焦点，单位屈光度（1/米）；0 为无穷远',
  'Used part of the sensor: x, y, width, height as shares of 1': '使用的传感器部分：x、y、宽、高，为 1 的份额',
  'Bytes per row, for a platform that pads even multiples of 128': '每行字节数，用于连 128 的倍数也会填充的平台',
  'Further arguments of rpicam-vid': 'rpicam-vid 的其他参数',
  'Path of rpicam-vid, if it is not on the PATH': 'rpicam-vid 的路径（不在 PATH 中时）',
  Pixels: '像素',
  'Maximum photos per second; each takes about a second': '每秒最多照片数；每张约需一秒',
  'Time for exposure and white balance before each photo': '每张照片之前用于曝光和白平衡的时间',
  'Rotation of photos in degrees': '照片旋转的角度',
  'Exposure time of each photo in microseconds; default: automatic': '每张照片的曝光时间，单位微秒；默认：自动',
  'Sensitivity; default: automatic': '感光度；默认：自动',
  'Maximum time for a photo': '一张照片的最长时间',
  'Path of its device; names in /dev/v4l/by-id do not depend on other devices':
    '其设备的路径；/dev/v4l/by-id 中的名称不受其他设备影响',
  'Pixels; the nearest supported size is used': '像素；使用最接近的受支持尺寸',
  'Requested pixel format, as named by ffmpeg; many cameras have large pictures only as mjpeg':
    '请求的像素格式，用 ffmpeg 的名称；许多摄像头只以 mjpeg 提供大画面',
  'URL of an MJPEG stream, or of a picture that is fetched repeatedly': 'MJPEG 流的网址，或反复获取的图片的网址',
  'User at the camera': '摄像头的用户名',
  'Password at the camera': '摄像头的密码',
  "PEM file of authorities to trust instead of the system's, or of the camera's own certificate":
    '代替系统机构而信任的机构的 PEM 文件，或摄像头自身证书的 PEM 文件',
  "SHA-256 fingerprint of the camera's certificate, which then needs no authority, name or date":
    '摄像头证书的 SHA-256 指纹；有了它就不再需要机构、名称或日期',
  'Maximum frames per second': '每秒最多帧数',
  'Maximum time for its answer, and for a single picture to be complete': '等待其回应以及一张图片传完的最长时间',
  'URL of the stream': '视频流的网址',
  'Transport: udp has less delay, tcp loses nothing': '传输方式：udp 延迟更小，tcp 不丢数据',
  'Maximum time for its answer': '等待其回应的最长时间',
  'A video in any format that ffmpeg reads': 'ffmpeg 可读的任何格式的视频',
  'Begin again after the end; otherwise the daemon ends': '结束后从头开始；否则守护进程结束',
  'Play at its own speed, like a camera; otherwise as fast as frames are read, without skipping any':
    '像摄像头那样以原速播放；否则读多快就播多快，不跳过任何帧',
  'Maximum frames per second of the video; default: all': '视频每秒最多帧数；默认：全部',
  'Folder in which JPEG, PNG, WebP, AVIF or TIFF pictures appear': '出现 JPEG、PNG、WebP、AVIF 或 TIFF 图片的文件夹',
  'Whether to read pictures that are already there at the start': '是否读取启动时已有的图片',
  'What to do with a picture after it was read': '图片读过之后如何处理',
  'Target folder of after: move, on the same file system; a picture of the same name is replaced; sub-folders are kept':
    'after: move 的目标文件夹，须在同一文件系统；同名图片会被替换；子文件夹保持不变',
  'A file counts as complete when it has not grown for this time': '文件在这段时间内没有变大即视为完整',
  'Poll the folder instead of waiting for events of the kernel; for network shares':
    '轮询文件夹，而不等待内核事件；用于网络共享',
  'Build of OpenCV, or kernels of our own; auto is native if it is installed, kernels on a small machine, else wasm':
    'OpenCV 的构建，或 Inkcast 自己的内核；auto：装了 native 就用 native，小型机器用 kernels，否则用 wasm',
  "Left edge, as a share of the frame's width": '左边缘，为画面宽度的份额',
  "Upper edge, as a share of the frame's height": '上边缘，为画面高度的份额',
  "Width, as a share of the frame's": '宽度，为画面宽度的份额',
  "Height, as a share of the frame's": '高度，为画面高度的份额',
  'Corners of a page to straighten before it is read: top left, top right, bottom right, bottom left, each [x, y] as shares of the frame':
    '读取前要拉正的纸张的四角：左上、右上、右下、左下，各为 [x, y]，为画面的份额',
  'Parts of the frame with separate readings, instead of one reading: name, regionOfInterest or corners, expect, rules, homeassistant':
    '画面中各有读数的部分，代替单一读数：name、regionOfInterest 或 corners、expect、rules、homeassistant',
  'Hold the view against the reference picture, where one was taken, and let regions follow':
    '取过参考画面时，将视角与之比较，并让区域跟随',
  "How far regions follow a view that has moved, as a share of the frame's longer side":
    '视角移动时区域跟随的最大距离，为画面长边的份额',
  'Runs the model; auto is the processor, or inkcast on a small machine and without a native library':
    '运行模型的后端；auto 为处理器，小型机器上或没有原生库时为 inkcast',
  'Threads of the cpu back end, limited to the number of cores': 'cpu 后端的线程数，不超过核心数',
  'Path of a libtensorflowlite_c.so': 'libtensorflowlite_c.so 的路径',
  'Path of a libedgetpu.so.1, for coral': 'libedgetpu.so.1 的路径，用于 coral',
  'Folder of a model bundle': '模型包的文件夹',
  'Network that searches the frame for digits; small takes a quarter of the time and misses small digits':
    '在画面中寻找数字的网络；small 只需四分之一的时间，但会漏掉小数字',
  'Expected form, such as dd:dd, where d is a digit; a list has a pattern for each row; digits may be [min, max]':
    '预期的格式，如 dd:dd，其中 d 为一个数字；列表中每行一个格式；数字个数可为 [最少, 最多]',
  'Time that a new reading must stay the same, its digits at rest, before it is published':
    '新读数保持不变且数字静止多久后才发布',
  'The same for a reading that only lacks what was there before': '同上，用于只是少了原有内容的读数',
  'The same while much of the picture moves': '同上，用于画面大部分在移动时',
  'Time that a digit is held that is not seen': '看不到的数字保留的时间',
  'Time that it is held while its place goes on changing': '其位置持续变化时保留的时间',
  'Exact number of digits': '数字的确切个数',
  'Number of digits after the decimal point; readings then have a value': '小数点后的位数；设置后读数带有数值',
  'Smallest allowed value': '允许的最小值',
  'Largest allowed value': '允许的最大值',
  'The value never falls': '数值从不减小',
  'Maximum growth per hour; needs monotonic': '每小时最大增量；需要 monotonic',
  'A value that breaks monotonic or maxPerHour is accepted after it was seen for this time':
    '违反 monotonic 或 maxPerHour 的数值持续看到这段时间后被接受',
  'The broker': '消息代理',
  'Version of MQTT, in quotes': 'MQTT 版本，加引号',
  'Whether the broker retains states for later subscribers': '消息代理是否为以后的订阅者保留状态',
  'Quality of service; with 0, messages in flight are lost with the connection':
    '服务质量；为 0 时，途中的消息随连接断开而丢失',
  'Base of all topics': '所有主题的前缀',
  'Client id; must be unique at the broker': '客户端标识；在消息代理上必须唯一',
  'User at the broker': '消息代理的用户名',
  'Password; passwordFile is safer': '密码；passwordFile 更安全',
  'File that holds the password': '存放密码的文件',
  'Name of the systemd credential that holds the password': '存放密码的 systemd 凭据的名称',
  "PEM file of authorities to trust instead of the system's": '代替系统机构而信任的机构的 PEM 文件',
  "PEM file of the client's certificate": '客户端证书的 PEM 文件',
  'PEM file of its key': '其密钥的 PEM 文件',
  "Name in the broker's certificate, if it differs from the host in the address":
    '消息代理证书中的名称（与地址中的主机不同时）',
  'Publish a retained picture with boxes whenever the reading changes': '读数改变时发布一幅带方框的保留图片',
  'Minimum time between two such pictures; after it, the newest frame is published':
    '两幅此类图片之间的最短时间；之后发布最新一帧',
  'Maximum width of published and requested pictures, in pixels': '发布和请求的图片的最大宽度，单位像素',
  'JPEG quality of these pictures; if the broker has a lower limit, quality and then size are reduced':
    '这些图片的 JPEG 质量；若消息代理的上限更低，则先降低质量，再缩小尺寸',
  'Seconds after which a silent connection counts as lost': '连接无声多少秒后视为断开',
  'Seconds for which the broker keeps requests after the connection is lost': '连接断开后消息代理保留请求的秒数',
  'Announce this device to Home Assistant': '向 Home Assistant 通告本设备',
  'Device class, if the reading is one number': '设备类别（读数为一个数时）',
  'State class for long-term statistics, if the reading is one number': '用于长期统计的状态类别（读数为一个数时）',
  'Unit of that number, such as kWh': '该数的单位，如 kWh',
  'Entities to leave out, such as [pause, model]': '不要的实体，如 [pause, model]',
  'First level of the discovery topics': '发现主题的第一级',
  'Topic on which Home Assistant announces that it has started': 'Home Assistant 通告已启动的主题',
  'Folder for data that must outlive a restart; each daemon needs its own':
    '存放重启后仍需保留的数据的文件夹；每个守护进程各需一个',
  'Maximum size of events that wait for the broker; beyond it the oldest are dropped':
    '等待消息代理的事件的最大体积；超出时丢弃最旧的',
  'Age at which they are dropped, in days for which the daemon ran': '丢弃的期限，按守护进程运行的天数',
  'Maximum age of readings in the history, in days for which the daemon ran':
    '历史中读数的最长期限，按守护进程运行的天数',
  'Maximum number of readings in the history': '历史中读数的最大数量',
  'Keep a small picture of each event of the history': '为历史中的每个事件保留一张小图片',
  'Pictures kept at most': '最多保留的图片数',
  'Age up to which they are kept, by the date': '保留的期限，按日期',
  'Size of all of them at most; the oldest are deleted': '总体积上限；删除最旧的',
  'Keep crops of what was read with doubt, to be labelled and learned from on the page':
    '保留读得没有把握的截图，以便在页面上标注和学习',
  'How far learning gives way to other programs, from 0 (as much as they) to 19':
    '学习对其他程序的让步程度，从 0（与它们相同）到 19',
  'Let whoever may send requests over MQTT collect the labelled crops (inkcast fleet labels)':
    '允许可通过 MQTT 发送请求的人收集已标注的截图（inkcast fleet labels）',
  'Crops that wait for a label at most; a further one takes the place of one that is in less doubt':
    '最多等待标注的截图数；再多时取代疑问较小的一张',
  'Age up to which they wait, by the date': '等待的期限，按日期',
  'Size of all of them at most, with what is around them': '包括周围内容在内的总体积上限',
  'Serve the page, its API and /metrics': '提供页面、其 API 和 /metrics',
  'Address to listen on; any but a loopback address needs a user (inkcast user add), such as 0.0.0.0':
    '监听的地址；除本机回环地址外（如 0.0.0.0）都需要用户（inkcast user add）',
  'Port to listen on; 0 for any free port': '监听的端口；0 表示任一空闲端口',
  "Further host names of the page, such as a proxy's; they need a login": '页面的其他主机名，如代理的；需要登录',
  'Require a login on loopback too, for example if other people use this machine, or behind a proxy on it':
    '在本机回环地址上也要求登录，例如有他人使用本机，或在本机的代理之后',
  'Address of a proxy that lets admins through only, such as that of Home Assistant; it needs no login and no host name':
    '只放行管理员的代理的地址，如 Home Assistant 的代理；它不需要登录，也不需要主机名',
  "PEM file of the page's certificate": '页面证书的 PEM 文件',
  'Minimum level of logged messages': '记录的消息的最低级别',
  'json or pretty (lines for people); auto is pretty on a terminal and json elsewhere':
    'json 或 pretty（便于阅读的行）；auto 在终端上为 pretty，其他为 json',
};
