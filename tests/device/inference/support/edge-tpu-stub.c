// A stand-in for libedgetpu with the same functions. What goes wrong is chosen when it is compiled:
//   NULL_DELEGATE   no delegate is made             CLAIMS_NOTHING  the delegate leaves the model to TensorFlow Lite
//   FAILS_PREPARE   the delegate refuses the model  CRASHES         the delegate ends the process
//   UNPLUG_FILE     a path: while it exists no device is there, and running fails
//   HANG_FILE       a path: while it exists running does not come to an end
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tensorflow/lite/c/common.h"

struct edgetpu_device {
  int type;
  const char* path;
};

static int is_unplugged(void) {
#ifdef UNPLUG_FILE
  return access(UNPLUG_FILE, F_OK) == 0;
#else
  return 0;
#endif
}

const char* edgetpu_version(void) { return "stub"; }

struct edgetpu_device* edgetpu_list_devices(size_t* count) {
  *count = is_unplugged() ? 0 : 1;
  if (*count == 0) return NULL;
  struct edgetpu_device* devices = malloc(sizeof(struct edgetpu_device));
  devices->type = 1;
  devices->path = strdup("/sys/bus/usb/devices/stub");
  return devices;
}

void edgetpu_free_devices(struct edgetpu_device* devices) {
  free((char*)devices->path);
  free(devices);
}

// Output i is input i, turned round: something that no kernel of TensorFlow Lite computes by chance.
static TfLiteStatus invoke(TfLiteContext* context, TfLiteNode* node) {
  if (is_unplugged()) return kTfLiteError;
#ifdef HANG_FILE
  while (access(HANG_FILE, F_OK) == 0) usleep(10000);
#endif
  const TfLiteTensor* input = &context->tensors[node->inputs->data[0]];
  TfLiteTensor* output = &context->tensors[node->outputs->data[0]];
  for (size_t i = 0; i < output->bytes; i++) output->data.int8[i] = -1 - input->data.int8[i];
  return kTfLiteOk;
}

static TfLiteStatus kernel_prepare(TfLiteContext* context, TfLiteNode* node) { return kTfLiteOk; }

static TfLiteStatus prepare(TfLiteContext* context, TfLiteDelegate* delegate) {
#if defined(CLAIMS_NOTHING)
  return kTfLiteOk;
#elif defined(FAILS_PREPARE)
  return kTfLiteDelegateError;
#elif defined(CRASHES)
  abort();
#else
  TfLiteIntArray* plan;
  if (context->GetExecutionPlan(context, &plan) != kTfLiteOk) return kTfLiteError;
  TfLiteRegistration kernel;
  memset(&kernel, 0, sizeof(kernel));
  kernel.prepare = kernel_prepare;
  kernel.invoke = invoke;
  kernel.custom_name = "stub";
  kernel.version = 1;
  return context->ReplaceNodeSubsetsWithDelegateKernels(context, kernel, plan, delegate);
#endif
}

TfLiteDelegate* edgetpu_create_delegate(int type, const char* name, const void* options, size_t count) {
#ifdef NULL_DELEGATE
  return NULL;
#else
  TfLiteDelegate* delegate = calloc(1, sizeof(TfLiteDelegate));
  delegate->Prepare = prepare;
  // As libedgetpu does: otherwise TensorFlow Lite prepares the custom operator, which it does not know, by itself.
  delegate->flags = kTfLiteDelegateFlagsAllowDynamicTensors;
  return delegate;
#endif
}

void edgetpu_free_delegate(TfLiteDelegate* delegate) { free(delegate); }
